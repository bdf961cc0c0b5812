import { databaseUrl } from "#__tests__/support/database.ts";
import "#__tests__/support/gateway.ts";
import { readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { anIncomingFile, anUpload } from "#__tests__/lib/domain/media/support.ts";
import { call, sessionOf } from "#__tests__/support/api.ts";
import { aPhoto } from "#__tests__/support/files.ts";
import { openAlert } from "#lib/domain/alerts/open-alert.ts";
import { createApiKey } from "#lib/domain/api-keys/create-api-key.ts";
import { SCOPES } from "#lib/domain/api-keys/schema.ts";
import { mergeByHand } from "#lib/domain/contacts/merge-contacts.ts";
import { upsertContact } from "#lib/domain/contacts/upsert-contact.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { ensureConversation } from "#lib/domain/conversations/ensure-conversation.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { asId, newId } from "#lib/kernel/ids.ts";
import { anInboundEvent } from "#prisma/factories/inbound-event.ts";
import { anInbox } from "#prisma/factories/inbox.ts";
import { aMember } from "#prisma/factories/tenant.ts";

/**
 * Every route there is, found by walking app/api, is called with another business's real ids, without
 * credentials, and by somebody of too low a role. A new route fails here until it has an entry below.
 */
type World = Awaited<ReturnType<typeof aWorld>>;
type Params = (of: World) => Record<string, string>;
type Method = "GET" | "POST" | "PATCH" | "DELETE";
type Access = {
  /** `public`: for anybody. `secret`: proves itself in another way. The rest is the least role. */
  who: "public" | "secret" | "agent" | "admin";
  /** False: API keys may never use it; `any`: whatever their scopes. Else exactly one scope opens it. */
  keys?: false | "any";
  /** What is sent; a function makes it of the business whose row is named. */
  body?: unknown;
};

const channel: Params = ({ channel }) => ({ id: channel.id });
const chat: Params = ({ channel }) => ({ id: channel.id, phone: "51987654321", messageId: "3EB0" });
const conversation: Params = ({ conversation }) => ({ id: conversation.id });
const message: Params = ({ message }) => ({ id: message.id });
const contact: Params = ({ contact }) => ({ id: contact.id });
const group: Params = ({ group }) => ({ id: group.id });
const alert: Params = ({ alert }) => ({ id: alert.id });
const event: Params = ({ event }) => ({ id: event.id });
const photo: Params = ({ photo }) => ({ id: photo.id });
const text = { type: "text", text: "hola" };
const practice: Access = { who: "agent", keys: false };

const ROUTES: Record<string, { params?: Params; methods: Partial<Record<Method, Access>> }> = {
  "auth/[...nextauth]": { methods: { GET: { who: "public" }, POST: { who: "public" } } },
  health: { methods: { GET: { who: "public" } } },
  metrics: { methods: { GET: { who: "secret" } } },
  "openapi.json": { methods: { GET: { who: "public" } } },
  "realtime/auth": { methods: { POST: { who: "agent", keys: false } } },
  "realtime/user": { methods: { POST: { who: "agent", keys: false } } },
  "webhooks/evolution/[channelId]": { methods: { POST: { who: "secret" } } },
  "v1/register": { methods: { POST: { who: "public" } } },
  "v1/me": {
    methods: { GET: { who: "agent", keys: false }, PATCH: { who: "agent", keys: false, body: {} } },
  },
  "v1/me/password": {
    methods: {
      POST: { who: "agent", keys: false, body: { currentPassword: "x", newPassword: "cualquiera larga" } },
    },
  },
  "v1/alerts": { methods: { GET: { who: "agent" } } },
  "v1/alerts/[id]/dismiss": { params: alert, methods: { POST: { who: "admin" } } },
  "v1/api-keys": {
    methods: {
      GET: { who: "admin", keys: false },
      POST: { who: "admin", keys: false, body: { name: "x", scopes: ["messages:read"] } },
    },
  },
  "v1/api-keys/[id]": {
    params: ({ apiKey }) => ({ id: apiKey.id }),
    methods: { DELETE: { who: "admin", keys: false } },
  },
  "v1/changes": { methods: { GET: { who: "agent" } } },
  "v1/channels": {
    methods: { GET: { who: "agent" }, POST: { who: "admin", body: { kind: "evolution", name: "Dos" } } },
  },
  "v1/channels/[id]": {
    params: channel,
    methods: {
      GET: { who: "agent" },
      PATCH: { who: "admin", body: { name: "Otro" } },
      DELETE: { who: "admin" },
    },
  },
  "v1/channels/[id]/connect": { params: channel, methods: { POST: { who: "admin", body: {} } } },
  "v1/channels/[id]/disconnect": { params: channel, methods: { POST: { who: "admin" } } },
  "v1/channels/[id]/restart": { params: channel, methods: { POST: { who: "admin" } } },
  "v1/channels/[id]/qr": { params: channel, methods: { GET: { who: "agent" } } },
  "v1/channels/[id]/timeline": { params: channel, methods: { GET: { who: "agent" } } },
  "v1/channels/[id]/pacing": {
    params: channel,
    methods: { GET: { who: "admin" }, PATCH: { who: "admin", body: { perMinute: 30 } } },
  },
  "v1/channels/[id]/resume": { params: channel, methods: { POST: { who: "admin" } } },
  "v1/contacts": { methods: { GET: { who: "agent" } } },
  "v1/contacts/[id]": {
    params: contact,
    methods: { GET: { who: "agent" }, PATCH: { who: "agent", body: { name: "Otra" } } },
  },
  "v1/contacts/[id]/merge": {
    params: contact,
    methods: { POST: { who: "agent", body: ({ twin }: World) => ({ contactId: twin.id }) } },
  },
  "v1/contacts/[id]/merges": { params: contact, methods: { GET: { who: "agent" } } },
  "v1/contacts/[id]/merges/[mergeId]/undo": {
    params: ({ contact, merge }) => ({ id: contact.id, mergeId: merge.id }),
    methods: { POST: { who: "agent" } },
  },
  "v1/contacts/[id]/picture": { params: contact, methods: { GET: { who: "agent" } } },
  "v1/conversations": {
    methods: { GET: { who: "agent" }, POST: { who: "agent", body: { to: "+51912345678" } } },
  },
  "v1/conversations/[id]": {
    params: conversation,
    methods: { GET: { who: "agent" }, PATCH: { who: "agent", body: { status: "closed" } } },
  },
  "v1/conversations/[id]/messages": {
    params: conversation,
    methods: { GET: { who: "agent" }, POST: { who: "agent", body: text } },
  },
  "v1/conversations/[id]/gaps": { params: conversation, methods: { GET: { who: "agent" } } },
  "v1/conversations/[id]/read": { params: conversation, methods: { POST: { who: "agent" } } },
  "v1/events": { methods: { GET: { who: "admin" } } },
  "v1/events/count": { methods: { GET: { who: "admin" } } },
  "v1/events/replay": {
    methods: { POST: { who: "admin", body: ({ event }: World) => ({ ids: [event.id] }) } },
  },
  "v1/events/[id]": { params: event, methods: { GET: { who: "admin" } } },
  "v1/events/[id]/replay": { params: event, methods: { POST: { who: "admin" } } },
  "v1/groups": { methods: { GET: { who: "agent" } } },
  "v1/groups/[id]": { params: group, methods: { PATCH: { who: "admin", body: { allowed: true } } } },
  "v1/media": { methods: { POST: { who: "agent" } } },
  "v1/media/[id]": { params: photo, methods: { GET: { who: "agent" } } },
  "v1/media/[id]/retry": {
    params: ({ lost }) => ({ id: lost.id }),
    methods: { POST: { who: "agent" } },
  },
  "v1/media/[id]/thumbnail": { params: photo, methods: { GET: { who: "agent" } } },
  "v1/messages": { methods: { POST: { who: "agent", body: { to: "+51912345678", ...text } } } },
  "v1/messages/[id]": {
    params: message,
    methods: {
      GET: { who: "agent" },
      PATCH: { who: "agent", body: { text: "otra cosa" } },
      DELETE: { who: "agent" },
    },
  },
  "v1/messages/[id]/retry": { params: message, methods: { POST: { who: "agent" } } },
  "v1/sandbox/faults": { methods: { GET: practice, PATCH: { ...practice, body: {} } } },
  "v1/sandbox/channels/[id]": { params: channel, methods: { GET: practice } },
  "v1/sandbox/channels/[id]/logout": { params: channel, methods: { POST: practice } },
  "v1/sandbox/channels/[id]/scan": {
    params: channel,
    methods: { POST: { ...practice, body: { phone: "51900000001" } } },
  },
  "v1/sandbox/channels/[id]/scenario": {
    params: channel,
    methods: { POST: { ...practice, body: { name: "banned" } } },
  },
  "v1/sandbox/channels/[id]/chats/[phone]/messages": {
    params: chat,
    methods: { GET: practice, POST: { ...practice, body: { type: "text", text: "hola", name: "Rosa" } } },
  },
  "v1/sandbox/channels/[id]/chats/[phone]/messages/[messageId]/media": {
    params: chat,
    methods: { GET: practice },
  },
  "v1/sandbox/channels/[id]/chats/[phone]/online": {
    params: chat,
    methods: { POST: { ...practice, body: { online: false } } },
  },
  "v1/sandbox/channels/[id]/chats/[phone]/presence": {
    params: chat,
    methods: { POST: { ...practice, body: { presence: "composing" } } },
  },
  "v1/sandbox/channels/[id]/chats/[phone]/read": {
    params: chat,
    methods: { POST: { ...practice, body: {} } },
  },
  "v1/tenant": {
    methods: {
      GET: { who: "agent", keys: "any" },
      PATCH: { who: "admin", keys: false, body: { eventRetentionDays: 20 } },
    },
  },
};

const METHODS: readonly Method[] = ["GET", "POST", "PATCH", "DELETE"];
const API = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../app/api");

const files = readdirSync(API, { recursive: true, encoding: "utf8" })
  .filter((name) => /(^|\/)route\.tsx?$/.test(name))
  .map((name) => path.dirname(name))
  .sort();

type Handler = Parameters<typeof call>[0];

function isHandler(value: unknown): value is Handler {
  return typeof value === "function";
}

/** The handlers a route file really exports. */
async function handlersOf(route: string): Promise<[Method, Handler][]> {
  const module: Record<string, unknown> = await import(path.join(API, route, "route.ts"));
  return METHODS.flatMap((method): [Method, Handler][] => {
    const handler = module[method];
    return isHandler(handler) ? [[method, handler]] : [];
  });
}

async function aWorld() {
  const inbox = await anInbox();
  const message = await sendMessage(inbox.ctx, inbox.conversation.id, { type: "text", text: "secreto" });
  const apiKey = await createApiKey(inbox.ctx, { name: "todo", scopes: [...SCOPES] });
  const agent = await aMember(inbox.tenantId, "agent");
  const rows = await rowsOf(inbox);
  return {
    ...inbox,
    ...rows,
    message,
    apiKey,
    owner: await sessionOf(inbox.userId),
    agent: await sessionOf(agent.userId),
    bearer: { authorization: `Bearer ${apiKey.key}` },
  };
}

/** One row of everything a route can name. */
async function rowsOf({ ctx, channel, conversation }: Awaited<ReturnType<typeof anInbox>>) {
  const photo = await anUpload(ctx, await aPhoto(), "secreto.jpg");
  const lost = await anIncomingFile({ ctx, channel, conversation }, { ref: { secreto: true } });
  const contacts = await inTransaction(ctx, async (tx) => {
    await tx.db.media.update({ where: { id: lost }, data: { status: "failed" } });
    await tx.db.gap.create({
      data: {
        id: newId("gap"),
        conversationId: conversation.id,
        from: new Date(Date.now() - 60_000),
        to: new Date(),
        reason: "secreto",
      },
    });
    await openAlert(tx, { kind: "channel_down", channelId: channel.id, code: null, since: new Date() });
    const alert = await tx.db.alert.findFirstOrThrow();
    const { contactId } = await tx.db.conversation.findUniqueOrThrow({ where: { id: conversation.id } });
    const contact = await tx.db.contact.update({
      where: { id: contactId },
      data: { pictureHash: photo.hash, pictureType: "image/jpeg" },
    });
    const person = (id: string) =>
      upsertContact(tx, { addresses: [{ kind: "phone", id }], profileName: "secreto" });
    return { alert, contact, twin: await person("51911111111"), merged: await person("51922222222") };
  });
  const { contact, merged, twin, alert } = contacts;
  const merge = await mergeByHand(ctx, asId("contact", contact.id), asId("contact", merged.id));
  const address = { kind: "group" as const, id: "120363025246125486" };
  const group = await inTransaction(ctx, async (tx) =>
    ensureConversation(
      tx,
      channel,
      await upsertContact(tx, { addresses: [address], profileName: "secreto" }),
      address,
    ),
  );
  const event = await anInboundEvent(ctx, channel, { status: "processed" });
  return { photo, lost: { id: lost }, alert, contact, twin, merge, group, event };
}

/** The body of a request that names rows of `of`, as `call` takes it. */
function bodyOf(access: Access | undefined, of: World): { body?: unknown } {
  if (access?.body === undefined) return {};
  return { body: typeof access.body === "function" ? access.body(of) : access.body };
}

const client = new pg.Client({ connectionString: databaseUrl });
/** Shared by all tests, which leave both as they were but for what `us` does to its own. */
let us: World;
let them: World;
beforeAll(async () => {
  await client.connect();
  [us, them] = [await aWorld(), await aWorld()];
});
afterAll(() => client.end());

/** Everything the database holds of a business, jobs included. */
async function everythingOf({ tenantId }: World): Promise<unknown> {
  const { rows: tables } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'tenant_id' order by 1",
  );
  const found: Record<string, unknown> = {};
  for (const { name } of tables) {
    const { rows } = await client.query(
      `select to_jsonb(t) as row from ${name} t where tenant_id = $1 order by to_jsonb(t)::text`,
      [tenantId],
    );
    found[name] = rows;
  }
  const { rows: jobs } = await client.query(
    "select name, state, data from pgboss.job where data->>'tenantId' = $1 order by id",
    [tenantId],
  );
  return { ...found, jobs };
}

const entry = (route: string, method: Method): Access | undefined => ROUTES[route]?.methods[method];

test("every route and every method of it has an entry here, and no entry is left over", async () => {
  expect(files.length).toBeGreaterThan(25);
  const real: string[] = [];
  for (const route of files) for (const [method] of await handlersOf(route)) real.push(`${method} ${route}`);
  const known = Object.entries(ROUTES).flatMap(([route, { methods }]) =>
    Object.keys(methods).map((method) => `${method} ${route}`),
  );
  expect(known.sort()).toEqual(real.sort());
});

describe("every route that names a row", async () => {
  const named = files.filter((route) => route.includes("[id]"));

  test("is listed with whose row it names", () => {
    expect(named.filter((route) => !ROUTES[route]?.params)).toEqual([]);
  });

  for (const route of named) {
    test(`${route}: another business's row is not found and stays as it is`, async () => {
      const before = await everythingOf(them);
      expect(JSON.stringify(before)).toContain("secreto");
      for (const [method, handler] of await handlersOf(route)) {
        const access = entry(route, method);
        const params = ROUTES[route]?.params?.(them) ?? {};
        const body = bodyOf(access, them);
        const ask = (headers: Record<string, string>) => call(handler, { method, params, headers, ...body });

        const bySession = await ask(us.owner);
        expect(bySession, `${method} by session`).toMatchObject({ status: 404, body: { code: "not_found" } });
        const byKey = await ask(us.bearer);
        expect(byKey.status, `${method} by API key`).toBe(access?.keys === false ? 403 : 404);
        const pretending = await ask({ ...us.owner, "x-recado-tenant": them.tenantId });
        expect(pretending.status, `${method} pretending to work there`).toBe(404);
        for (const answer of [bySession, byKey, pretending])
          expect(JSON.stringify(answer.body)).not.toMatch(/secreto|Rosa|51987654321/);

        // The same call for one's own row gets further, so it was the owner that made the difference.
        const self = method === "DELETE" ? await aWorld() : us;
        const own = await call(handler, {
          method,
          params: ROUTES[route]?.params?.(self) ?? {},
          headers: self.owner,
          ...bodyOf(access, self),
        });
        expect(own.status, `${method} own`).not.toBe(404);
        expect(own.status, `${method} own`).not.toBe(422);
      }
      expect(await everythingOf(them)).toEqual(before);
    });
  }
});

describe("another business's row, named in a body or a query", () => {
  test.each<[string, Method, string, (them: World, us: World) => Partial<Parameters<typeof call>[1]>]>([
    [
      "merged into a contact",
      "POST",
      "v1/contacts/[id]/merge",
      ({ twin }, us) => ({
        params: contact(us),
        body: { contactId: twin.id },
      }),
    ],
    [
      "a merge of theirs, undone on a contact of ours",
      "POST",
      "v1/contacts/[id]/merges/[mergeId]/undo",
      ({ merge }, us) => ({
        params: { ...contact(us), mergeId: merge.id },
      }),
    ],
    [
      "a file, sent",
      "POST",
      "v1/conversations/[id]/messages",
      ({ photo }, us) => ({
        params: conversation(us),
        body: { type: "image", mediaId: photo.id },
      }),
    ],
    [
      "a message, answered",
      "POST",
      "v1/conversations/[id]/messages",
      ({ message }, us) => ({
        params: conversation(us),
        body: { ...text, replyToId: message.id },
      }),
    ],
    [
      "a number, sent from",
      "POST",
      "v1/messages",
      ({ channel }) => ({
        body: { to: "+51912345678", channelId: channel.id, ...text },
      }),
    ],
    ["a webhook, applied again", "POST", "v1/events/replay", ({ event }) => ({ body: { ids: [event.id] } })],
    [
      "a number's groups",
      "GET",
      "v1/groups",
      ({ channel }) => ({
        path: `/api/v1/groups?channelId=${channel.id}`,
      }),
    ],
  ])("%s, is as good as none", async (_what, method, route, request) => {
    const before = await everythingOf(them);
    const [, handler] = (await handlersOf(route)).find(([known]) => known === method) ?? [];
    if (!handler) throw new Error(`no ${method} ${route}`);
    const answer = await call(handler, { method, headers: us.owner, ...request(them, us) });
    expect(JSON.stringify(answer.body)).not.toMatch(/secreto|Rosa/);
    if (answer.status < 300)
      expect([[], 0]).toContainEqual(answer.body.data ?? answer.body.queued ?? answer.body);
    else expect([404, 409, 422]).toContain(answer.status);
    expect(await everythingOf(them)).toEqual(before);
  });
});

describe("every route", () => {
  const guarded = files.filter((route) =>
    Object.values(ROUTES[route]?.methods ?? {}).some(({ who }) => who === "agent" || who === "admin"),
  );

  test("refuses who shows nothing, a wrong key or a foreign cookie", async () => {
    const before = await everythingOf(us);
    for (const route of guarded) {
      for (const [method, handler] of await handlersOf(route)) {
        const params = ROUTES[route]?.params?.(us) ?? {};
        const body = bodyOf(entry(route, method), us);
        for (const headers of [
          {},
          { authorization: "Bearer rk_nothing" },
          { authorization: `Bearer ${us.apiKey.key}x` },
          { cookie: "next-auth.session-token=rubbish" },
        ]) {
          const answer = await call(handler, {
            method,
            params,
            headers,
            ...body,
          });
          expect(answer, `${method} ${route} ${JSON.stringify(headers)}`).toMatchObject({
            status: 401,
            body: { code: "unauthenticated" },
          });
        }
      }
    }
    expect(await everythingOf(us)).toEqual(before);
  });

  test("refuses an agent what is an admin's, and changes nothing", async () => {
    const before = await everythingOf(us);
    let asked = 0;
    for (const route of guarded) {
      for (const [method, handler] of await handlersOf(route)) {
        const access = entry(route, method);
        if (access?.who !== "admin") continue;
        asked += 1;
        const params = ROUTES[route]?.params?.(us) ?? {};
        const body = bodyOf(access, us);
        const answer = await call(handler, { method, params, headers: us.agent, ...body });
        expect(answer, `${method} ${route}`).toMatchObject({ status: 403, body: { code: "forbidden" } });
      }
    }
    expect(asked).toBeGreaterThan(7);
    expect(await everythingOf(us)).toEqual(before);
  });

  test("refuses an API key without the scope it needs", async () => {
    const keys = await Promise.all(
      SCOPES.map(async (scope) => ({
        scope,
        key: (await createApiKey(us.ctx, { name: scope, scopes: [scope] })).key,
      })),
    );
    for (const route of guarded) {
      for (const [method, handler] of await handlersOf(route)) {
        if (entry(route, method)?.keys === false) continue;
        const params = ROUTES[route]?.params?.(us) ?? {};
        const body = entry(route, method)?.body;
        const granted: string[] = [];
        for (const { scope, key } of keys) {
          const headers = { authorization: `Bearer ${key}` };
          // Asked with a body that no route takes: a key that may pass gets as far as its input.
          const answer = await call(handler, {
            method,
            params,
            headers,
            path: "/api/v1/x?unknown=1",
            ...(body !== undefined && { body: { unknown: 1 } }),
          });
          if (answer.status !== 403) granted.push(scope);
          else expect(answer.body.code, `${method} ${route}`).toBe("missing_scope");
        }
        if (entry(route, method)?.keys === "any") {
          expect(granted, `${method} ${route}`).toEqual([...SCOPES]);
          continue;
        }
        expect(granted.length, `${method} ${route} is open to exactly one scope: ${granted}`).toBe(1);
        expect(granted[0]).toMatch(method === "GET" ? /:read$/ : /:write$/);
      }
    }
  });

  test("takes no order from another site's page", async () => {
    const before = await everythingOf(us);
    for (const route of guarded) {
      for (const [method, handler] of await handlersOf(route)) {
        if (method === "GET") continue;
        const params = ROUTES[route]?.params?.(us) ?? {};
        const more = bodyOf(entry(route, method), us);
        for (const from of [
          { origin: "https://evil.example" },
          { "sec-fetch-site": "cross-site" },
          { origin: "null" },
        ]) {
          const headers = { ...us.owner, ...from };
          const answer = await call(handler, { method, params, headers, ...more });
          expect(answer, `${method} ${route}`).toMatchObject({ status: 403, body: { code: "cross_origin" } });
        }
      }
    }
    expect(await everythingOf(us)).toEqual(before);
  });
});
