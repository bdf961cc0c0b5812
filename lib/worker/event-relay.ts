import pg from "pg";
import { tenantTransaction } from "#lib/db/client.ts";
import { systemPool } from "#lib/db/system-pool.ts";
import { presentEvents } from "#lib/domain/events/present-event.ts";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";
import { RELAY_CHANNEL } from "#lib/domain/events/wake-relay.ts";
import { env } from "#lib/kernel/env.ts";
import { asId, type TenantId } from "#lib/kernel/ids.ts";
import { logger } from "#lib/kernel/logger.ts";
import { tenantChannel } from "#lib/realtime/channel-names.ts";
import { fitsInEvent, type Publication, publish } from "#lib/realtime/publish.ts";
import type { DomainEvent } from "#prisma/generated/client.ts";

/**
 * Publishes committed domain events, in one order per tenant. Of all workers one is the relay: it
 * holds an advisory lock on the connection it listens with, so a killed relay is replaced as soon as
 * its connection is gone. Woken by NOTIFY; looks by itself every second in case one was lost.
 */
const LOCK_KEY = 5_227_236;
const POLL_MS = 1000;
const BATCH_MAX = 500;

/** Older than this, browsers have caught up by sequence number; a frame would tell them nothing. */
const STALE_MS = 60_000;

export function startEventRelay(): { stop(): Promise<void> } {
  let stopped = false;
  let wake = () => {};
  let current: pg.Client | undefined;

  async function run(): Promise<void> {
    while (!stopped) {
      const client = new pg.Client({
        connectionString: env().DATABASE_URL,
        keepAlive: true,
        application_name: "recado-relay",
      });
      current = client;
      const lost = new Promise<void>((resolve) =>
        client.once("error", () => resolve()).once("end", () => resolve()),
      );
      try {
        await client.connect();
        await lead(client, lost);
      } catch (error) {
        logger.warn({ err: error }, "event relay paused");
      }
      await client.end().catch(() => undefined);
      await pause(POLL_MS);
    }
  }

  async function lead(client: pg.Client, lost: Promise<void>): Promise<void> {
    let connected = true;
    void lost.then(() => {
      connected = false;
      wake();
    });
    let leading = false;
    client.on("notification", () => wake());
    while (!stopped && connected) {
      if (!leading) {
        const { rows } = await client.query<{ leads: boolean }>("select pg_try_advisory_lock($1) as leads", [
          LOCK_KEY,
        ]);
        leading = rows[0]?.leads ?? false;
        if (leading) await client.query(`listen ${RELAY_CHANNEL}`);
      }
      const woken = pause(POLL_MS);
      if (leading) while (!stopped && connected && (await relayOnce()) === BATCH_MAX);
      await woken;
    }
  }

  /** Ends early when woken; armed before the work, so that news during the work are not slept through. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  const running = run();
  return {
    async stop() {
      stopped = true;
      wake();
      await current?.end().catch(() => undefined);
      await running;
    },
  };
}

/** Numbers, presents, publishes and marks what is waiting; returns how many events that were. */
export async function relayOnce(): Promise<number> {
  await numberEvents();
  const { rows } = await systemPool().query<StoredEvent>({
    name: "relay-pending",
    text: `select id, tenant_id as "tenantId", seq, type, payload, created_at as "createdAt" from domain_events
           where published_at is null and seq is not null order by tenant_id, seq limit ${BATCH_MAX}`,
  });
  if (rows.length === 0) return 0;
  const fresh = rows.filter(({ createdAt }) => Date.now() - createdAt.getTime() < STALE_MS);
  const byTenant = Map.groupBy(fresh, ({ tenantId }) => asId("tenant", tenantId));
  const publications = await Promise.all(
    [...byTenant].map(([tenantId, events]) => present(tenantId, events)),
  );
  try {
    await publish(publications.flat());
  } catch (error) {
    // The realtime server is away: the events stay, and browsers catch up when they reconnect.
    logger.warn({ err: error }, "realtime events wait");
    return 0;
  }
  await systemPool().query("update domain_events set published_at = now() where id = any($1)", [
    rows.map(({ id }) => id),
  ]);
  return rows.length;
}

type StoredEvent = Omit<DomainEvent, "publishedAt">;

/** Sequence numbers in the order of commit: an event is only seen here once it is committed. */
async function numberEvents(): Promise<void> {
  await systemPool().query({
    name: "relay-number",
    text: `with fresh as (
             select id, tenant_id, row_number() over (partition by tenant_id order by id) as n
             from domain_events where published_at is null and seq is null limit ${BATCH_MAX}
           ), numbered as (
             update domain_events e set seq = s.last_seq + f.n
             from fresh f join tenant_sequences s on s.tenant_id = f.tenant_id
             where e.id = f.id returning e.tenant_id, e.seq
           )
           update tenant_sequences s set last_seq = m.seq
           from (select tenant_id, max(seq) as seq from numbered group by tenant_id) m
           where s.tenant_id = m.tenant_id`,
  });
}

async function present(tenantId: TenantId, events: StoredEvent[]): Promise<Publication[]> {
  const rows = events.map((event) => ({ ...event, publishedAt: null }));
  const views = await tenantTransaction(tenantId, (db) => presentEvents(db, rows));
  return views.map((view) => ({ channel: tenantChannel(tenantId), name: view.type, data: frame(view) }));
}

/** The whole news when it fits; otherwise the ids, and the browser asks. */
function frame(event: RealtimeEvent): string {
  const whole = JSON.stringify(event);
  if (fitsInEvent(whole)) return whole;
  const withoutViews = Object.fromEntries(
    Object.entries(event).map(([key, value]) => [key, typeof value === "object" ? null : value]),
  );
  return JSON.stringify(withoutViews);
}
