import pg from "pg";
import { beforeAll, describe, expect, test } from "vitest";
import { call, sessionOf } from "#__tests__/support/api.ts";
import { databaseUrl } from "#__tests__/support/database.ts";
import { drainJobs, queuedJobs } from "#__tests__/support/jobs.ts";
import { POST as replayOne } from "#app/api/v1/events/[id]/replay/route.ts";
import { GET as getOne } from "#app/api/v1/events/[id]/route.ts";
import { GET as count } from "#app/api/v1/events/count/route.ts";
import { POST as replayMany } from "#app/api/v1/events/replay/route.ts";
import { GET as list } from "#app/api/v1/events/route.ts";
import { systemContext } from "#lib/auth/system-context.ts";
import { createApiKey } from "#lib/domain/api-keys/create-api-key.ts";
import type { Scope } from "#lib/domain/api-keys/schema.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { processInboundEvent } from "#lib/domain/inbound-events/process-inbound-event.ts";
import type { InboundEventView } from "#lib/domain/inbound-events/schema.ts";
import { listMessages } from "#lib/domain/messages/queries.ts";
import { processInboundEventTask } from "#lib/worker/tasks/process-inbound-event.ts";
import { anInboundEvent, aTextWebhook } from "#prisma/factories/inbound-event.ts";
import { aChannel, anInbox } from "#prisma/factories/inbox.ts";
import { aMember } from "#prisma/factories/tenant.ts";

type Inbox = Awaited<ReturnType<typeof anInbox>>;

async function ask(userId: string, query = "") {
  const headers = await sessionOf(userId);
  const { body, status } = await call(list, { path: `/api/v1/events${query}`, headers });
  return { status, body, ids: (body.data ?? []).map(({ id }: InboundEventView) => id) };
}

const origin = { origin: "http://127.0.0.1:3000" };
const post = async (userId: string) => ({ ...(await sessionOf(userId)), ...origin });

async function replaySome(userId: string, body: unknown) {
  return call(replayMany, { method: "POST", body, headers: await post(userId) });
}

async function statusesOf({ ctx }: Inbox): Promise<string[]> {
  const rows = await inTransaction(ctx, (tx) =>
    tx.db.inboundEvent.findMany({ orderBy: { receivedAt: "asc" } }),
  );
  return rows.map(({ status }) => status);
}

const textsOf = async ({ ctx, conversation }: Inbox) =>
  (await listMessages(ctx, conversation.id, { limit: 50 })).data.map(({ text }) => text).reverse();

/** Tries until the worker would give up, and lets it. */
async function giveUpOn(shop: Inbox, id: InboundEventView["id"]) {
  const ctx = systemContext(shop.tenantId);
  const error = await processInboundEvent(ctx, id).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  await processInboundEventTask.giveUp(ctx, { tenantId: shop.tenantId, inboundEventId: id }, error);
}

describe("who may look", () => {
  let shop: Inbox;
  let event: Awaited<ReturnType<typeof anInboundEvent>>;
  beforeAll(async () => {
    shop = await anInbox();
    event = await anInboundEvent(shop.ctx, shop.channel);
  });

  test("another business's event is not found, in no way", async () => {
    const other = await anInbox();
    const params = { id: event.id };
    const headers = await post(other.userId);
    expect((await call(getOne, { params, headers })).status).toBe(404);
    expect((await call(replayOne, { method: "POST", params, headers })).status).toBe(404);
    expect((await ask(other.userId)).ids).toEqual([]);
    expect((await ask(other.userId, `?q=${event.id}`)).ids).toEqual([]);
    expect((await ask(other.userId, `?q=${event.contentHash}`)).ids).toEqual([]);
    expect((await replaySome(other.userId, { ids: [event.id] })).body).toEqual({ queued: 0 });
    expect((await replaySome(other.userId, { filter: {} })).body).toEqual({ queued: 0 });
  });

  test("agents are refused", async () => {
    const { userId } = await aMember(shop.tenantId, "agent");
    const [headers, params] = [await post(userId), { id: event.id }];
    expect((await ask(userId)).status).toBe(403);
    expect((await call(getOne, { params, headers })).status).toBe(403);
    expect((await call(count, { headers })).status).toBe(403);
    expect((await call(replayOne, { method: "POST", params, headers })).status).toBe(403);
    expect((await replaySome(userId, { ids: [event.id] })).status).toBe(403);
  });

  test("API keys need the scope, to read and to replay", async () => {
    const key = async (scopes: Scope[]) => ({
      authorization: `Bearer ${(await createApiKey(shop.ctx, { name: "sync", scopes })).key}`,
    });
    const reader = await key(["events:read"]);
    expect((await call(list, { headers: await key(["messages:read"]) })).body.code).toBe("missing_scope");
    expect((await call(list, { headers: reader })).status).toBe(200);
    const again = { method: "POST", params: { id: event.id } } as const;
    expect((await call(replayOne, { ...again, headers: reader })).body.code).toBe("missing_scope");
    expect((await call(replayOne, { ...again, headers: await key(["events:write"]) })).status).toBe(200);
  });
});

describe("finding", () => {
  let shop: Inbox;
  let events: Awaited<ReturnType<typeof anInboundEvent>>[];
  const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 12, minute));
  beforeAll(async () => {
    shop = await anInbox();
    const second = await aChannel(shop.ctx, { name: "Ventas" });
    events = [];
    for (let minute = 0; minute < 12; minute++) {
      const options = {
        name: minute % 2 === 0 ? "messages.upsert" : "messages.update",
        status: minute % 3 === 0 ? ("ignored" as const) : ("processed" as const),
        // Three share each moment.
        receivedAt: at(Math.floor(minute / 3)),
        chatKey: `phone:5198765432${minute % 4}`,
        body: aTextWebhook(`pedido ${minute} "urgente" 100%`),
      };
      events.push(await anInboundEvent(shop.ctx, minute % 4 === 0 ? second : shop.channel, options));
    }
  });
  const expected = (matches: (event: (typeof events)[number], index: number) => boolean) =>
    events
      .filter(matches)
      .sort((a, b) => b.receivedAt.getTime() - a.receivedAt.getTime() || (b.id > a.id ? 1 : -1))
      .map(({ id }) => id);

  test("filters combine", async () => {
    const channelId = events[0]?.channelId;
    const { ids } = await ask(
      shop.userId,
      `?channelId=${channelId}&name=messages.upsert&status=ignored&from=${at(0).toISOString()}&to=${at(1).toISOString()}`,
    );
    expect(ids).toEqual([events[0]?.id]);
    expect((await ask(shop.userId, "?name=messages.update&status=ignored")).ids).toEqual(
      expected((_, index) => index % 2 === 1 && index % 3 === 0),
    );
    expect((await ask(shop.userId, `?from=${at(2).toISOString()}`)).ids).toEqual(
      expected(({ receivedAt }) => receivedAt >= at(2)),
    );
  });

  test("text, chat key, hash and id find their events, and say how far was searched", async () => {
    const found = await ask(shop.userId, `?q=${encodeURIComponent('PEDIDO 7 "urgente"')}`);
    expect(found.ids).toEqual([events[7]?.id]);
    expect(found.body.searched).toEqual({ rows: 12, until: null, complete: true });
    expect((await ask(shop.userId, "?q=phone:51987654322")).ids).toEqual(
      expected((_, index) => index % 4 === 2),
    );
    expect((await ask(shop.userId, `?q=${events[3]?.contentHash}`)).ids).toEqual([events[3]?.id]);
    expect((await ask(shop.userId, `?q=${events[4]?.id}`)).ids).toEqual([events[4]?.id]);
    expect((await ask(shop.userId, "?q=100%25%25")).ids).toEqual([]);
    expect((await ask(shop.userId, "?q=pedido&status=ignored")).ids).toHaveLength(4);
  });

  test("a secret cannot be spelled out by searching for it", async () => {
    expect((await ask(shop.userId, "?q=FC213D3C")).ids).toEqual([]);
    expect((await ask(shop.userId, `?q=${encodeURIComponent('"apikey":"F')}`)).ids).toEqual([]);
  });

  test("pages follow one another while new events arrive, with text and without", async () => {
    for (const q of ["", "&q=pedido"]) {
      const seen: string[] = [];
      let cursor = "";
      do {
        const { body, ids } = await ask(shop.userId, `?limit=5&to=${at(9).toISOString()}${q}${cursor}`);
        seen.push(...ids);
        cursor = body.next ? `&cursor=${body.next}` : "";
        await anInboundEvent(shop.ctx, shop.channel, { receivedAt: at(20), body: aTextWebhook("otro") });
      } while (cursor);
      expect(seen).toEqual(expected(() => true));
    }
  });

  test("counting tells what came since", async () => {
    const headers = await sessionOf(shop.userId);
    const path = `/api/v1/events/count?to=${at(9).toISOString()}`;
    expect((await call(count, { path, headers })).body).toEqual({ count: 12, complete: true });
    const since = `${path}&from=${at(3).toISOString()}`;
    expect((await call(count, { path: since, headers })).body).toEqual({ count: 3, complete: true });
  });

  test("nonsense is refused", async () => {
    expect((await ask(shop.userId, "?cursor=nonsense")).status).toBe(422);
    expect((await ask(shop.userId, "?status=lost")).status).toBe(422);
    expect((await ask(shop.userId, "?unknown=1")).status).toBe(422);
    expect((await replaySome(shop.userId, {})).status).toBe(422);
    expect((await replaySome(shop.userId, { ids: [events[0]?.id], filter: {} })).status).toBe(422);
  });
});

describe("one event", () => {
  test("shows what came without its keys, and leads to what it became", async () => {
    const shop = await anInbox();
    const event = await anInboundEvent(shop.ctx, shop.channel, {
      body: aTextWebhook("Hola"),
      headers: { "user-agent": "axios/1.12.2", "x-webhook-secret": "s3cr3t" },
    });
    await processInboundEvent(systemContext(shop.tenantId), event.id);
    const { body } = await call(getOne, {
      params: { id: event.id },
      headers: await sessionOf(shop.userId),
    });
    expect(body).toMatchObject({
      status: "processed",
      became: [{ kind: "message", conversationId: shop.conversation.id }],
      headers: { "user-agent": "axios/1.12.2", "x-webhook-secret": "[redacted]" },
      bodyTruncated: false,
    });
    expect(JSON.parse(body.body).data.message).toEqual({ conversation: "Hola" });
    expect(JSON.stringify(body)).not.toMatch(/FC213D3C|s3cr3t/);
  });

  test("a poisoned event fails with its cause, is mended, and becomes its message exactly once", async () => {
    const shop = await anInbox();
    const database = new pg.Client({ connectionString: databaseUrl });
    await database.connect();
    await database.query(`
      create function poison() returns trigger language plpgsql as
        $$ begin raise exception 'poisoned'; end $$;
      create trigger poison before insert on messages for each row when (new.text = 'veneno') execute function poison()`);
    const event = await anInboundEvent(shop.ctx, shop.channel, { body: aTextWebhook("veneno") });
    await giveUpOn(shop, event.id);
    const headers = await post(shop.userId);
    const failed = await call(getOne, { params: { id: event.id }, headers });
    expect(failed.body).toMatchObject({
      status: "failed",
      error: { code: "internal", detail: expect.stringContaining("poisoned") },
    });

    await database.query("drop trigger poison on messages; drop function poison");
    await database.end();
    for (let time = 0; time < 3; time++) {
      const again = await call(replayOne, { method: "POST", params: { id: event.id }, headers });
      expect(again.body).toMatchObject({ status: "pending", error: null });
      await drainJobs("process-inbound-event");
      expect(await textsOf(shop)).toEqual(["veneno"]);
    }
    expect(await statusesOf(shop)).toEqual(["processed"]);
  });

  test("a replayed connection event does not bring back the past", async () => {
    const shop = await anInbox();
    const body = JSON.stringify({
      event: "connection.update",
      data: { state: "connecting", statusReason: 200 },
      apikey: null,
    });
    const event = await anInboundEvent(shop.ctx, shop.channel, { name: "connection.update", body });
    await processInboundEvent(systemContext(shop.tenantId), event.id);
    await inTransaction(shop.ctx, (tx) =>
      tx.db.channel.update({ where: { id: shop.channel.id }, data: { status: "connected" } }),
    );
    await replaySome(shop.userId, { ids: [event.id] });
    await drainJobs("process-inbound-event");
    const channel = await inTransaction(shop.ctx, (tx) =>
      tx.db.channel.findUniqueOrThrow({ where: { id: shop.channel.id } }),
    );
    expect(channel.status).toBe("connected");
    expect(await statusesOf(shop)).toEqual(["ignored"]);
  });
});

describe("replaying many", () => {
  test("a selection, then a range, in the order in which they came, each message once", async () => {
    const shop = await anInbox();
    const start = Date.now() - 60_000;
    const events: Awaited<ReturnType<typeof anInboundEvent>>[] = [];
    // Stored in another order than received.
    for (const place of [4, 1, 3, 0, 2, 5])
      events[place] = await anInboundEvent(shop.ctx, shop.channel, {
        body: aTextWebhook(`mensaje ${place}`),
        receivedAt: new Date(start + place * 1000),
        status: "failed",
        errorCode: "internal",
      });
    const some = [events[2], events[0]].map((event) => event?.id);
    expect((await replaySome(shop.userId, { ids: some })).body).toEqual({ queued: 2 });
    expect(await statusesOf(shop)).toEqual(["pending", "failed", "pending", "failed", "failed", "failed"]);
    expect(await queuedJobs("process-inbound-event")).toHaveLength(2);
    await drainJobs("process-inbound-event");
    expect(await textsOf(shop)).toEqual(["mensaje 0", "mensaje 2"]);

    const filter = { from: new Date(start).toISOString(), to: new Date(start + 5000).toISOString() };
    expect((await replaySome(shop.userId, { filter })).body).toEqual({ queued: 5 });
    await drainJobs("process-inbound-event");
    expect((await textsOf(shop)).toSorted()).toEqual([0, 1, 2, 3, 4].map((place) => `mensaje ${place}`));
    expect(await statusesOf(shop)).toEqual([...Array(5).fill("processed"), "failed"]);
  });

  test("a filter that finds nothing queues nothing, and one by state takes only those", async () => {
    const shop = await anInbox();
    await anInboundEvent(shop.ctx, shop.channel, { status: "processed" });
    await anInboundEvent(shop.ctx, shop.channel, { status: "failed", errorCode: "internal" });
    expect((await replaySome(shop.userId, { filter: { name: "call" } })).body).toEqual({ queued: 0 });
    expect((await replaySome(shop.userId, { filter: { status: "failed" } })).body).toEqual({ queued: 1 });
  });
});
