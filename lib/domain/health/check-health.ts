import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { systemPool } from "#lib/db/system-pool.ts";
import { spooledCount } from "#lib/domain/inbound-events/spool.ts";
import { env } from "#lib/kernel/env.ts";
import { toErrorCode } from "#lib/kernel/errors.ts";
import { pusher } from "#lib/realtime/publish.ts";
import packageJson from "#package.json" with { type: "json" };

type Part = { status: "ok" | "down"; error?: string };

export type Health = {
  status: "ok" | "degraded";
  version: string;
  database: Part;
  /** `oldestS`: age of the oldest job that could run now and does not. */
  queue: Part & { waiting?: number; oldestS?: number };
  realtime: Part;
  gateways: (Part & { url: string })[];
  /** Webhooks on the disk, waiting for the database. */
  spooled: number;
};

const TIME_LIMIT_MS = 3000;

/** How the whole product is. `degraded` when any part is not well; the caller answers 503 when the database is down. */
export async function checkHealth(): Promise<Health> {
  const [database, queue, realtime, gateway, spooled] = await Promise.all([
    check(async () => systemPool().query("select 1")),
    checkQueue(),
    check(checkRealtime),
    check(() =>
      adapterFor("evolution").ping({ kind: "evolution", ...gatewayAccess(), instanceName: NO_INSTANCE }),
    ),
    spooledCount(),
  ]);
  const gateways = [{ url: new URL(env().EVOLUTION_API_URL).origin, ...gateway }];
  const well = [database, queue, realtime, gateway].every(({ status }) => status === "ok");
  return {
    status: well ? "ok" : "degraded",
    version: packageJson.version,
    database,
    queue,
    realtime,
    gateways,
    spooled,
  };
}

/** Nobody's: the ping is about the gateway, and one that does not know the instance has answered. */
const NO_INSTANCE = "recado-health";

function gatewayAccess() {
  return { baseUrl: env().EVOLUTION_API_URL, globalKey: env().EVOLUTION_API_KEY };
}

async function checkRealtime(): Promise<void> {
  const response = await pusher().get({ path: "/channels", params: {} });
  if (response.status !== 200) throw new Error(`realtime server answered ${response.status}`);
}

const STUCK_S = 120;

async function checkQueue(): Promise<Health["queue"]> {
  try {
    const { rows } = await limited(
      systemPool().query<{ waiting: number; oldest: number | null }>(
        `select count(*)::int as waiting, extract(epoch from now() - min(start_after))::int as oldest
         from pgboss.job where state = 'created' and start_after <= now()`,
      ),
    );
    const waiting = rows[0]?.waiting ?? 0;
    const oldestS = rows[0]?.oldest ?? 0;
    return { status: oldestS > STUCK_S ? "down" : "ok", waiting, oldestS };
  } catch (error) {
    return { status: "down", error: toErrorCode(error) };
  }
}

async function check(run: () => Promise<unknown>): Promise<Part> {
  try {
    await limited(run());
    return { status: "ok" };
  } catch (error) {
    return { status: "down", error: toErrorCode(error) };
  }
}

function limited<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), TIME_LIMIT_MS);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}
