import "#__tests__/support/database.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { call } from "#__tests__/support/api.ts";
import { countOf, sql } from "#__tests__/support/database-rows.ts";
import { queuedJobs } from "#__tests__/support/jobs.ts";
import { aWorkspace } from "#__tests__/support/workspace.ts";
import { GET as timeline } from "#app/api/v1/channels/[id]/timeline/route.ts";
import { GET as listMessages } from "#app/api/v1/conversations/[id]/messages/route.ts";
import { POST as read } from "#app/api/v1/conversations/[id]/read/route.ts";
import { GET as getOne, PATCH } from "#app/api/v1/conversations/[id]/route.ts";
import { GET, POST } from "#app/api/v1/conversations/route.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { receiveMessage } from "#lib/domain/messages/receive-message.ts";
import { newId } from "#lib/kernel/ids.ts";
import { aChannel, aConversation } from "#prisma/factories/inbox.ts";
import type { Channel } from "#prisma/generated/client.ts";

let made = 0;

/** A customer's message, as the worker would store it. */
async function customerWrites(
  ctx: Ctx,
  channel: Channel,
  text: string,
  { phone = "51987654321", at = new Date() } = {},
) {
  const message = {
    externalId: `3EB0${made++}`,
    chat: [{ kind: "phone" as const, id: phone }],
    fromMe: false,
    viaApi: false,
    sentAt: at,
    content: { type: "text" as const, text },
  };
  await inTransaction(ctx, (tx) =>
    receiveMessage(tx, channel, message, {
      receivedAt: at,
      inboundEventId: newId("inboundEvent"),
      source: "live",
    }),
  );
}

type Page = { data: { id: string }[]; next: string | null };

/** All pages of a list, checked to be full but for the last. */
async function allPages(
  ask: (query: string) => Promise<{ status: number; body: Page }>,
  limit: number,
): Promise<string[]> {
  const ids: string[] = [];
  let cursor = "";
  for (let page = 0; page < 100; page++) {
    const { status, body } = await ask(`?limit=${limit}${cursor}`);
    expect(status).toBe(200);
    ids.push(...body.data.map(({ id }) => id));
    if (body.next === null) return ids;
    expect(body.data).toHaveLength(limit);
    cursor = `&cursor=${encodeURIComponent(body.next)}`;
  }
  throw new Error("the list never ends");
}

describe("lists in pages", () => {
  let space: Awaited<ReturnType<typeof aWorkspace>>;
  const lists: Record<string, (query: string) => Promise<{ status: number; body: Page }>> = {
    conversations: (query) => call(GET, { path: `/api/v1/conversations${query}`, headers: space.owner }),
    messages: (query) =>
      call(listMessages, { path: `/x${query}`, params: { id: space.conversation.id }, headers: space.owner }),
    timeline: (query) =>
      call(timeline, { path: `/x${query}`, params: { id: space.channel.id }, headers: space.owner }),
  };

  beforeAll(async () => {
    space = await aWorkspace();
    const { ctx, channel, tenantId, conversation } = space;
    for (let n = 0; n < 13; n++)
      await customerWrites(ctx, channel, `chat ${n}`, { phone: `5198765${4400 + n}` });
    for (let n = 0; n < 13; n++) await customerWrites(ctx, channel, `mensaje ${n}`);
    await sql(
      `insert into channel_events (id, tenant_id, channel_id, kind, data)
       select 'che_' || n, $1, $2, 'connected', '{}' from generate_series(1, 13) n`,
      [tenantId, channel.id],
    );
    // Equal times are where a list by time alone loses or repeats rows.
    await sql("update conversations set last_message_at = date_trunc('hour', now()) where tenant_id = $1", [
      tenantId,
    ]);
    await sql("update messages set ordered_at = date_trunc('hour', now()) where conversation_id = $1", [
      conversation.id,
    ]);
    await sql("update channel_events set at = date_trunc('hour', now()) where tenant_id = $1", [tenantId]);
  });

  test.each(["conversations", "messages", "timeline"])(
    "%s: every row once, in one order, at equal times",
    async (name) => {
      const ask = lists[name];
      if (!ask) throw new Error(name);
      const whole = await allPages(ask, 100);
      expect(whole.length).toBeGreaterThanOrEqual(13);
      expect(new Set(whole).size).toBe(whole.length);
      expect(await allPages(ask, 1)).toEqual(whole);
      expect(await allPages(ask, 5)).toEqual(whole);
    },
  );

  test.each(["conversations", "messages", "timeline"])(
    "%s: a cursor or limit that is none is named",
    async (name) => {
      const ask = lists[name];
      if (!ask) throw new Error(name);
      const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
      const cursors = [
        "rubbish",
        "%00",
        b64([]),
        b64(["yesterday", "x"]),
        b64([new Date().toISOString(), "a\u0000b"]),
        b64([new Date().toISOString(), "\ud800"]),
        b64([new Date().toISOString(), { gt: "" }]),
        "x".repeat(401),
      ];
      for (const cursor of cursors)
        expect(await ask(`?cursor=${cursor}`), cursor).toMatchObject({
          status: 422,
          body: { errors: [{ path: "cursor" }] },
        });
      for (const limit of ["0", "-1", "101", "1.5", "many", ""])
        expect(await ask(`?limit=${limit}`), limit).toMatchObject({
          status: 422,
          body: { errors: [{ path: "limit" }] },
        });
      expect(await ask("?page=2")).toMatchObject({
        status: 422,
        body: { errors: [{ path: "page", code: "unknown_field" }] },
      });
    },
  );

  test.each(["0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z"])(
    "the time %s at the edge of the calendar is an answer",
    async (at) => {
      for (const ask of Object.values(lists)) {
        const cursor = Buffer.from(JSON.stringify([at, "zzz"])).toString("base64url");
        expect([200, 422]).toContain((await ask(`?cursor=${cursor}`)).status);
      }
    },
  );

  test("a page read while new rows arrive neither skips nor repeats", async () => {
    const { owner, ctx, channel } = await aWorkspace();
    for (let n = 0; n < 6; n++)
      await customerWrites(ctx, channel, `chat ${n}`, {
        phone: `5198765${4400 + n}`,
        at: new Date(Date.now() - 60_000 + n * 1000),
      });
    const first = await call(GET, { path: "/x?limit=3", headers: owner });
    await customerWrites(ctx, channel, "nuevo", { phone: "51987650000" });
    const second = await call(GET, { path: `/x?limit=3&cursor=${first.body.next}`, headers: owner });
    const texts = [...first.body.data, ...second.body.data].map(({ lastMessage }) => lastMessage.text);
    expect(texts).toEqual(["chat 5", "chat 4", "chat 3", "chat 2", "chat 1", "chat 0"]);
  });
});

describe("GET /api/v1/conversations", () => {
  test("filters by words, unread, state and channel", async () => {
    const { owner, ctx, channel, conversation } = await aWorkspace();
    const other = await aChannel(ctx, { name: "Ventas" });
    await aConversation(ctx, other, "51911111111", "Ñandú %_ Pérez");
    await customerWrites(ctx, channel, "uno");
    await customerWrites(ctx, other, "dos", { phone: "51911111111" });
    const found = async (query: string) => {
      const { status, body } = await call(GET, { path: `/x?${query}`, headers: owner });
      expect(status).toBe(200);
      return body.data.map(({ lastMessage }: { lastMessage: { text: string } }) => lastMessage.text).sort();
    };
    expect(await found("")).toEqual(["dos", "uno"]);
    expect(await found("q=rosa")).toEqual(["uno"]);
    expect(await found("q=98765")).toEqual(["uno"]);
    expect(await found(`q=${encodeURIComponent("%_ p")}`)).toEqual(["dos"]);
    expect(await found("q=%25%25")).toEqual([]);
    expect(await found(`channelId=${other.id}`)).toEqual(["dos"]);
    await call(PATCH, {
      method: "PATCH",
      params: { id: conversation.id },
      headers: owner,
      body: { status: "closed" },
    });
    expect(await found("status=closed")).toEqual(["uno"]);
    await call(read, { method: "POST", params: { id: conversation.id }, headers: owner });
    expect(await found("unread=true")).toEqual(["dos"]);
    const nul = await call(GET, { path: "/x?q=a%00b", headers: owner });
    expect(nul).toMatchObject({ status: 422, body: { errors: [{ path: "q" }] } });
  });

  test("a customer's new message reopens a closed chat", async () => {
    const { owner, ctx, channel, conversation } = await aWorkspace();
    const close = {
      method: "PATCH",
      params: { id: conversation.id },
      headers: owner,
      body: { status: "closed" },
    } as const;
    expect((await call(PATCH, close)).body.status).toBe("closed");
    await customerWrites(ctx, channel, "¿siguen ahí?");
    expect((await call(getOne, { params: { id: conversation.id }, headers: owner })).body).toMatchObject({
      status: "open",
      unreadCount: 1,
    });
    expect(await call(PATCH, { ...close, body: { status: "snoozed" } })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "status" }] },
    });
  });
});

describe("POST /api/v1/conversations", () => {
  test("every way to write a number leads to one chat", async () => {
    const { owner, tenantId } = await aWorkspace();
    const ids = new Set<string>();
    for (const to of ["+51 912 345 678", "912345678", "51912345678", "(+51) 912-345-678"]) {
      const { status, body } = await call(POST, { method: "POST", headers: owner, body: { to } });
      expect(status).toBe(201);
      expect(body.contact.phone).toBe("+51912345678");
      ids.add(body.id);
    }
    expect(ids.size).toBe(1);
    expect(await countOf("contacts", "tenant_id = $1 and phone = '+51912345678'", [tenantId])).toBe(1);
  });

  test("twenty at once make one contact and one chat", async () => {
    const { owner, tenantId } = await aWorkspace();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () =>
        call(POST, { method: "POST", headers: owner, body: { to: "+51912345678" } }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    expect(await countOf("contacts", "tenant_id = $1", [tenantId])).toBe(2);
  });

  test.each([
    ["to", { to: "12" }, 422],
    ["to", { to: "no es un número" }, 422],
    ["to", { to: "+51 912\u0000345678" }, 422],
    ["name", { to: "+51912345678", name: "a\u0000" }, 422],
    ["channelId", { to: "+51912345678", channelId: "chn_x" }, 422],
    ["channelId", { to: "+51912345678", channelId: newId("channel") }, 422],
    ["phone", { to: "+51912345678", phone: "1" }, 422],
  ])("a wrong %s is named (%j) and nothing is made", async (path, body, status) => {
    const { owner, tenantId } = await aWorkspace();
    const answer = await call(POST, { method: "POST", headers: owner, body });
    expect(answer).toMatchObject({ status, body: { errors: [{ path }] } });
    expect(await countOf("contacts", "tenant_id = $1", [tenantId])).toBe(1);
  });

  test("another business's channel is not one to write on", async () => {
    const [us, them] = [await aWorkspace(), await aWorkspace()];
    const body = { to: "+51912345678", channelId: them.channel.id };
    const answer = await call(POST, { method: "POST", headers: us.owner, body });
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ path: "channelId", code: "not_found" }] },
    });
    expect(await countOf("conversations", "channel_id = $1", [them.channel.id])).toBe(1);
  });
});

describe("POST …/{id}/read", () => {
  test("empties the count, gives the customer the ticks once, and can be repeated", async () => {
    const { owner, ctx, channel, conversation } = await aWorkspace();
    for (const text of ["uno", "dos", "tres"]) await customerWrites(ctx, channel, text);
    const ask = () => call(read, { method: "POST", params: { id: conversation.id }, headers: owner });
    expect(await ask()).toMatchObject({ status: 200, body: { unreadCount: 0 } });
    expect(await ask()).toMatchObject({ status: 200, body: { unreadCount: 0 } });
    const jobs = (await queuedJobs("mark-read-on-whatsapp")).filter((job) =>
      JSON.stringify(job).includes(conversation.id),
    );
    expect(jobs).toHaveLength(1);
    expect(jobs[0]).toMatchObject({
      messageIds: [expect.any(String), expect.any(String), expect.any(String)],
    });
  });
});
