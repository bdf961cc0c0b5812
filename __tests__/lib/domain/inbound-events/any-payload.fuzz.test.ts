import "#__tests__/support/database.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { webhook, webhookIndex } from "#__tests__/lib/channel-adapters/evolution/fixtures.ts";
import { change, type Path, places, WRONG } from "#__tests__/lib/channel-adapters/evolution/mutations.ts";
import { countOf, skipWaits, sql } from "#__tests__/support/database-rows.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { SECRET_HEADER } from "#lib/channel-adapters/evolution/instances.ts";
import { receiveWebhook } from "#lib/http/webhook-route.ts";
import { decrypt } from "#lib/kernel/crypto.ts";
import { anInbox } from "#prisma/factories/inbox.ts";

/** `PAYLOAD_FUZZ=full npm test -- any-payload` plays every fixture with every field changed in every way. */
const FULL = process.env.PAYLOAD_FUZZ === "full";
const SAMPLE = 400;
const AT_ONCE = 50;

type Spot = { file: string; path: Path };
/** `undefined`: the field is left out. */
type Mutation = Spot & { wrong: unknown };

const spots: Spot[] = webhookIndex.flatMap(({ file }) =>
  places(webhook(file)).map((path) => ({ file, path })),
);

function mutations(): Mutation[] {
  const one = fc.record({ spot: fc.constantFrom(...spots), wrong: fc.constantFrom(undefined, ...WRONG) });
  if (!FULL) return fc.sample(one, SAMPLE).map(({ spot, wrong }) => ({ ...spot, wrong }));
  return spots.flatMap((spot) => [undefined, ...WRONG].map((wrong) => ({ ...spot, wrong })));
}

test(
  "every fixture with any field missing, of a wrong type or huge ends processed, ignored or visibly failed",
  async () => {
    const inbox = await anInbox();
    const all = mutations();
    const failures: unknown[] = [];
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const group = all.slice(from, from + AT_ONCE);
      const statuses = await Promise.all(
        group.map((mutation, n) => post(inbox.channel, mutated(mutation, from + n))),
      );
      const refused = group.filter((_, n) => statuses[n] !== 200);
      expect(refused.map((mutation) => JSON.stringify(mutation).slice(0, 300))).toEqual([]);
      failures.push(...(await endedBadly(inbox.tenantId)));
    }
    expect(failures).toEqual([]);
    // No chat is stuck behind what was played.
    await post(inbox.channel, JSON.stringify(healthy()));
    await drain();
    expect(await countOf("messages", "tenant_id = $1 and external_id = 'AFTERALL'", [inbox.tenantId])).toBe(
      1,
    );
  },
  FULL ? 3_600_000 : 240_000,
);

/** With an id of its own, or else it would be a message already known. */
function mutated({ file, path, wrong }: Mutation, n: number): string {
  const payload = change(webhook(file), path, (parent, key) =>
    wrong === undefined ? Reflect.deleteProperty(parent, key) : Reflect.set(parent, key, wrong),
  );
  const id = /"(?:id|keyId)":"([0-9A-Z]{10,40})"/.exec(JSON.stringify(webhook(file)))?.[1];
  const text = JSON.stringify(payload);
  return id ? text.replaceAll(id, `${id.slice(0, 8)}${String(n).padStart(8, "0")}`) : text;
}

function healthy(): unknown {
  const data = {
    key: { remoteJid: "51987654321@s.whatsapp.net", fromMe: false, id: "AFTERALL" },
    message: { conversation: "¿siguen ahí?" },
    messageType: "conversation",
    messageTimestamp: 1_795_163_436,
  };
  return { event: "messages.upsert", instance: "acme", data, sender: "51900000002@s.whatsapp.net" };
}

async function post(channel: { id: string; webhookSecret: string }, body: string): Promise<number> {
  const headers = new Headers({ [SECRET_HEADER]: decrypt(channel.webhookSecret, channel.id) });
  return (await receiveWebhook("evolution", channel.id, { headers, readBody: async () => body })).status;
}

async function drain() {
  for (let round = 0; round < 8; round++) {
    await drainJobs("process-inbound-event");
    if ((await countOf("inbound_events", "status = 'pending'")) === 0) return;
    await skipWaits();
  }
}

/** What failed through a fault of ours, or did not end at all; each with its body to look at. */
async function endedBadly(tenantId: string) {
  await drain();
  const jobs = await countOf("pgboss.job", "name = 'process-inbound-event' and state <> 'completed'");
  expect(jobs, "jobs that did not end").toBe(0);
  const rows = await sql(
    `select name, status, error_code, error_detail, left(body, 600) as body from inbound_events
     where tenant_id = $1 and status in ('pending', 'failed')`,
    [tenantId],
  );
  await sql("delete from inbound_events where tenant_id = $1 and status = 'failed'", [tenantId]);
  return rows;
}
