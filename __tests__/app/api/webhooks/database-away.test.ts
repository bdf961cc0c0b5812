import "#__tests__/support/database.ts";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, expect, test } from "vitest";
import { cutDatabase, restoreDatabase, silenceDatabase } from "#__tests__/support/breakable-database.ts";
import { sql } from "#__tests__/support/database-rows.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { until } from "#__tests__/support/until.ts";
import { drainSpool, spooledCount } from "#lib/domain/inbound-events/spool.ts";
import { anInbox } from "#prisma/factories/inbox.ts";
import { aCustomerText, deliver } from "./receiver.ts";

const dataDir = await mkdtemp(path.join(tmpdir(), "recado-webhooks-"));
process.env.DATA_DIR = dataDir;
const spool = path.join(dataDir, "spool");
afterAll(() => rm(dataDir, { recursive: true, force: true }));
afterEach(restoreDatabase);

type Inbox = Pick<Awaited<ReturnType<typeof anInbox>>, "channel">;
const eventsOf = ({ channel }: Inbox) =>
  sql<{ body: string }>("select body from inbound_events where channel_id = $1 order by id", [channel.id]);
const textsOf = async ({ channel }: Inbox) => {
  const rows = await sql<{ text: string }>(
    "select text from messages where channel_id = $1 order by ordered_at, id",
    [channel.id],
  );
  return rows.map(({ text }) => text);
};

/** Pooled connections may still be broken for a moment: the worker, too, simply asks again. */
async function drained() {
  await until(
    "the spool is empty",
    async () => (await drainSpool().catch(() => null)) !== null && (await spooledCount()) === 0,
  );
}

async function anInboxInUse() {
  const inbox = await anInbox();
  // A channel that has just received is known by heart, as any in use is.
  expect((await deliver(inbox.channel, aCustomerText("antes"))).status).toBe(200);
  return inbox;
}

test("webhooks are answered 200 from the disk, and applied in order when it is back", async () => {
  const inbox = await anInboxInUse();
  cutDatabase();
  const texts = ["uno", "dos", "tres"];
  for (const text of texts)
    expect(await deliver(inbox.channel, aCustomerText(text))).toEqual({ status: 200, code: null });
  expect((await deliver(inbox.channel, aCustomerText("falso"), { secret: "guessed" })).status).toBe(401);
  expect(await spooledCount()).toBe(3);
  expect(await eventsOf(inbox)).toHaveLength(1);
  await expect(drainSpool()).rejects.toThrow();
  expect(await spooledCount()).toBe(3);

  restoreDatabase();
  await drained();
  await drainJobs("process-inbound-event");
  expect(await textsOf(inbox)).toEqual(["antes", ...texts]);
});

test("a delivery that was stored although its answer was lost is not doubled by the spool", async () => {
  const inbox = await anInboxInUse();
  const payload = aCustomerText("una sola vez");
  await deliver(inbox.channel, payload);
  cutDatabase();
  expect((await deliver(inbox.channel, payload)).status).toBe(200);
  restoreDatabase();
  await drained();
  await drainJobs("process-inbound-event");
  expect(await textsOf(inbox)).toEqual(["antes", "una sola vez"]);
});

test("a database that takes connections but never answers counts as away", async () => {
  const inbox = await anInboxInUse();
  silenceDatabase();
  const started = performance.now();
  const answers = await Promise.all(
    ["uno", "dos"].map((text) => deliver(inbox.channel, aCustomerText(text))),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  // The gateway gives up after 30 s.
  expect(performance.now() - started).toBeLessThan(15_000);
  expect(await spooledCount()).toBe(2);
  restoreDatabase();
  await drained();
  expect(await eventsOf(inbox)).toHaveLength(3);
});

test("a channel nobody here has heard of yet: 503, so that the gateway repeats it", async () => {
  const inbox = await anInbox();
  cutDatabase();
  expect(await deliver(inbox.channel, aCustomerText("hola"))).toEqual({
    status: 503,
    code: "database_unavailable",
  });
});

test("with the disk full as well: 503, never a false 200", async () => {
  const inbox = await anInboxInUse();
  await rm(spool, { recursive: true, force: true });
  await writeFile(spool, "in the way");
  cutDatabase();
  expect(await deliver(inbox.channel, aCustomerText("hola"))).toEqual({
    status: 503,
    code: "database_unavailable",
  });
  await rm(spool);
  // As soon as there is room again it is taken.
  expect((await deliver(inbox.channel, aCustomerText("hola"))).status).toBe(200);
  restoreDatabase();
  await drained();
});

test("a spooled delivery that can never be stored is put aside and those behind it come through", async () => {
  const [gone, other] = [await anInboxInUse(), await anInboxInUse()];
  cutDatabase();
  await deliver(gone.channel, aCustomerText("de un canal borrado"));
  await deliver(other.channel, aCustomerText("el siguiente"));
  await writeFile(path.join(spool, "000000000000000-half.json"), '{"tenantId":"tnt_');
  restoreDatabase();
  await until("the channel is gone", async () =>
    sql("delete from channels where id = $1", [gone.channel.id]),
  );
  await drained();
  expect((await eventsOf(other)).map(({ body }) => body).join()).toContain("el siguiente");
  expect((await readdir(spool)).filter((name) => name.endsWith(".broken"))).toHaveLength(2);
});
