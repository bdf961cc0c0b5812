import "#__tests__/support/database.ts";
import { afterAll, beforeAll, expect, test } from "vitest";
import { aBrowser, until as once } from "#__tests__/lib/realtime/server/support.ts";
import { call } from "#__tests__/support/api.ts";
import { countOf, sql } from "#__tests__/support/database-rows.ts";
import { TEST_ENVIRONMENT } from "#__tests__/support/environment.ts";
import { aWorkspace } from "#__tests__/support/workspace.ts";
import { GET as changes } from "#app/api/v1/changes/route.ts";
import { emit, inTransaction } from "#lib/domain/context.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { tenantChannel } from "#lib/realtime/channel-names.ts";
import { EVENT_BYTES_MAX, pusher } from "#lib/realtime/publish.ts";
import { createRealtimeServer } from "#lib/realtime/server/server.ts";
import { relayOnce, startEventRelay } from "#lib/worker/event-relay.ts";

const app = {
  id: TEST_ENVIRONMENT.PUSHER_APP_ID,
  key: TEST_ENVIRONMENT.PUSHER_KEY,
  secret: TEST_ENVIRONMENT.PUSHER_SECRET,
};
let server = createRealtimeServer({ apps: [app], activityTimeoutS: 120, allowPublic: false });
const { port } = await server.start();
process.env.PUSHER_PORT = String(port);
afterAll(() => server.close());

type Space = Awaited<ReturnType<typeof aWorkspace>>;
type Event = {
  type: string;
  seq: number;
  message?: { text: string } | null;
  messageId?: string;
  conversation?: object | null;
};

/** A browser of this business, and all it hears. */
async function listen({ tenantId }: Space): Promise<Event[]> {
  const heard: Event[] = [];
  const browser = aBrowser(port, {
    key: app.key,
    authorize: (socketId, channel) => pusher().authorizeChannel(socketId, channel),
  });
  const channel = browser.subscribe(tenantChannel(tenantId));
  channel.bind_global((name: string, data: Event) => name.startsWith("pusher:") || heard.push(data));
  await once(() => channel.subscribed);
  return heard;
}

const send = ({ ctx, conversation }: Space, text: string) =>
  sendMessage(ctx, conversation.id, { type: "text", text });
async function relayAll() {
  while ((await relayOnce()) > 0);
}
const ask = (space: Space, query: string) =>
  call(changes, { path: `/api/v1/changes${query}`, headers: space.owner });

beforeAll(relayAll);

test("what was committed is heard in order, numbered without a gap, by that business alone", async () => {
  const [us, them] = [await aWorkspace(), await aWorkspace()];
  const [ours, theirs] = [await listen(us), await listen(them)];
  for (const text of ["uno", "dos", "tres"]) await send(us, text);
  await send(them, "ajeno");
  await relayAll();
  await once(() => ours.length === 3 && theirs.length === 1);
  expect(ours.map(({ seq, type, message }) => [seq, type, message?.text])).toEqual([
    [1, "message.queued", "uno"],
    [2, "message.queued", "dos"],
    [3, "message.queued", "tres"],
  ]);
  expect(theirs.map(({ message }) => message?.text)).toEqual(["ajeno"]);
  expect(await relayOnce()).toBe(0);
});

test("many transactions at once get every number once", async () => {
  const space = await aWorkspace();
  const working = Promise.all(Array.from({ length: 40 }, (_, n) => send(space, `${n}`)));
  await Promise.all([relayOnce(), relayOnce()].map((relay) => relay.catch(() => 0)));
  await working;
  await relayAll();
  const rows = await sql<{ seq: string }>("select seq from domain_events where tenant_id = $1 order by seq", [
    space.tenantId,
  ]);
  expect(rows.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 40 }, (_, n) => n + 1));
  const [sequence] = await sql<{ last_seq: string }>(
    "select last_seq from tenant_sequences where tenant_id = $1",
    [space.tenantId],
  );
  expect(Number(sequence?.last_seq)).toBe(40);
});

test("what a rolled-back transaction said was never said", async () => {
  const space = await aWorkspace();
  const broken = inTransaction(space.ctx, async (tx) => {
    emit(tx, { type: "conversation.updated", conversationId: space.conversation.id });
    throw new Error("changed my mind");
  });
  await expect(broken).rejects.toThrow("changed my mind");
  await relayAll();
  expect(await countOf("domain_events", "tenant_id = $1", [space.tenantId])).toBe(0);
});

test("news too large for a frame come as ids, and the browser asks for the rest", async () => {
  const space = await aWorkspace();
  const heard = await listen(space);
  const { id } = await send(space, "ñ".repeat(20_000));
  await send(space, "corto");
  await relayAll();
  await once(() => heard.length === 2);
  expect(heard[0]).toEqual({
    type: "message.queued",
    seq: 1,
    messageId: id,
    conversationId: space.conversation.id,
    message: null,
    conversation: null,
  });
  expect(Buffer.byteLength(JSON.stringify(heard[0]))).toBeLessThan(EVENT_BYTES_MAX);
  expect(heard[1]).toMatchObject({ seq: 2, message: { text: "corto" } });
  const { body } = await ask(space, "?after=0");
  expect(body.data[0].message.text).toHaveLength(20_000);
});

test("rows that cannot be shown silence neither the others nor the other businesses", async () => {
  const [broken, healthy] = [await aWorkspace(), await aWorkspace()];
  const heard = await listen(healthy);
  await sql(
    "insert into domain_events (id, tenant_id, type, payload) values ('evt_broken', $1, 'message.queued', '{}')",
    [broken.tenantId],
  );
  await send(healthy, "sigue");
  await relayAll();
  await once(() => heard.length === 1);
  expect(await countOf("domain_events", "published_at is null")).toBe(0);
});

test("while the realtime server is away the news stay, and are heard when it is back", async () => {
  const space = await aWorkspace();
  await server.close();
  await send(space, "durante el corte");
  expect(await relayOnce()).toBe(0);
  expect(
    await countOf("domain_events", "tenant_id = $1 and published_at is null and seq = 1", [space.tenantId]),
  ).toBe(1);
  server = createRealtimeServer({ apps: [app], port, activityTimeoutS: 120, allowPublic: false });
  await server.start();
  const heard = await listen(space);
  await relayAll();
  await once(() => heard.length === 1);
  expect(heard[0]).toMatchObject({ seq: 1, message: { text: "durante el corte" } });
});

test("the running relay is woken by a commit, and of two only one leads", async () => {
  const space = await aWorkspace();
  const heard = await listen(space);
  const relays = [startEventRelay(), startEventRelay()];
  await send(space, "el primero");
  await once(() => heard.length === 1);
  for (const text of ["a", "b", "c"]) await send(space, text);
  await once(() => heard.length === 4);
  await relays[0]?.stop();
  await send(space, "con el otro");
  await once(() => heard.length === 5);
  await relays[1]?.stop();
  expect(heard.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5]);
});

test("GET /changes tells what was missed, or to begin anew when that cannot be told", async () => {
  const space = await aWorkspace();
  for (const text of ["uno", "dos", "tres"]) await send(space, text);
  expect((await ask(space, "")).body).toEqual({ data: [], seq: 0, reset: false });
  await relayAll();
  expect((await ask(space, "")).body).toEqual({ data: [], seq: 3, reset: false });
  const missed = await ask(space, "?after=1");
  expect(missed.body).toMatchObject({ seq: 3, reset: false });
  expect(missed.body.data.map(({ seq, message }: Event) => [seq, message?.text])).toEqual([
    [2, "dos"],
    [3, "tres"],
  ]);
  expect((await ask(space, "?after=3")).body).toEqual({ data: [], seq: 3, reset: false });
  // From a database that was restored, or another one.
  expect((await ask(space, "?after=4")).body).toEqual({ data: [], seq: 3, reset: true });
  // Cleaned away meanwhile.
  await sql("delete from domain_events where tenant_id = $1 and seq = 2", [space.tenantId]);
  expect((await ask(space, "?after=1")).body).toEqual({ data: [], seq: 3, reset: true });
  // More than is worth telling.
  await sql("update tenant_sequences set last_seq = 5000 where tenant_id = $1", [space.tenantId]);
  expect((await ask(space, "?after=3")).body).toEqual({ data: [], seq: 5000, reset: true });
  for (const after of ["-1", "x", "1.5", "1e999"])
    expect(await ask(space, `?after=${after}`), after).toMatchObject({
      status: 422,
      body: { errors: [{ path: "after" }] },
    });
});
