import "#__tests__/support/database.ts";
import { describe, expect, test } from "vitest";
import { call } from "#__tests__/support/api.ts";
import { countOf, sql } from "#__tests__/support/database-rows.ts";
import { eventTypes, queuedJobs } from "#__tests__/support/jobs.ts";
import { aWorkspace } from "#__tests__/support/workspace.ts";
import { GET, POST } from "#app/api/v1/conversations/[id]/messages/route.ts";
import { POST as retry } from "#app/api/v1/messages/[id]/retry/route.ts";
import { GET as getOne } from "#app/api/v1/messages/[id]/route.ts";
import { POST as sendToPhone } from "#app/api/v1/messages/route.ts";
import { MessageView } from "#lib/domain/messages/schema.ts";
import { newId } from "#lib/kernel/ids.ts";
import { aConversation } from "#prisma/factories/inbox.ts";

type Space = Awaited<ReturnType<typeof aWorkspace>>;

const send = (space: Space, body: unknown, headers: Record<string, string> = space.owner) =>
  call(POST, { method: "POST", params: { id: space.conversation.id }, headers, body });

const jobsOf = async (id: string) =>
  (await queuedJobs("deliver-message")).filter((job) => JSON.stringify(job).includes(id));

async function nothingWritten(tenantId: string) {
  expect(await countOf("messages", "tenant_id = $1", [tenantId])).toBe(0);
  expect(await countOf("pgboss.job", "data->>'tenantId' = $1", [tenantId])).toBe(0);
  expect(await countOf("domain_events", "tenant_id = $1", [tenantId])).toBe(0);
}

describe("POST …/conversations/{id}/messages", () => {
  test("queues the message: row, job and news in one, and shows it in the list", async () => {
    const space = await aWorkspace();
    const { status, body } = await send(space, { type: "text", text: "¿Qué tal?\n👩‍👩‍👧 *negrita*" });
    expect(status).toBe(201);
    expect(MessageView.safeParse(body).error).toBeUndefined();
    expect(body).toMatchObject({
      conversationId: space.conversation.id,
      direction: "outbound",
      type: "text",
      text: "¿Qué tal?\n👩‍👩‍👧 *negrita*",
      status: "queued",
      author: { kind: "member" },
      error: null,
    });
    expect(await jobsOf(body.id)).toHaveLength(1);
    expect(await eventTypes(space.ctx)).toEqual(["message.queued"]);
    const { body: list } = await call(GET, { params: { id: space.conversation.id }, headers: space.owner });
    expect(list.data).toEqual([body]);
    expect((await call(getOne, { params: { id: body.id }, headers: space.owner })).body).toEqual(body);
  });

  test("a repeated POST with the same id is one message and one job, ten times at once too", async () => {
    const space = await aWorkspace();
    const input = { id: newId("message"), type: "text", text: "oi" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(space, input)));
    answers.push(await send(space, input));
    for (const answer of answers) expect(answer).toMatchObject({ status: 201, body: { id: input.id } });
    expect(await countOf("messages", "id = $1", [input.id])).toBe(1);
    expect(await jobsOf(input.id)).toHaveLength(1);
    expect(await eventTypes(space.ctx)).toEqual(["message.queued"]);
  });

  test("an id in use elsewhere is refused and nothing is written", async () => {
    const [us, them] = [await aWorkspace(), await aWorkspace()];
    const theirs = await send(them, { type: "text", text: "oi" });
    const taken = { status: 409, body: { code: "id_taken", errors: [{ path: "id" }] } };
    expect(await send(us, { id: theirs.body.id, type: "text", text: "oi" })).toMatchObject(taken);
    const toPhone = { id: theirs.body.id, to: "+51912345678", type: "text", text: "oi" };
    expect(await call(sendToPhone, { method: "POST", headers: us.owner, body: toPhone })).toMatchObject(
      taken,
    );
    await nothingWritten(us.tenantId);
    expect(await countOf("contacts", "tenant_id = $1", [us.tenantId])).toBe(1);

    const first = await send(us, { type: "text", text: "uno" });
    expect(await send(us, { id: first.body.id, type: "text", text: "dos" })).toMatchObject(taken);
    const other = await aConversation(us.ctx, us.channel, "51911111111", "Otra");
    const elsewhere = await call(POST, {
      method: "POST",
      params: { id: other.id },
      headers: us.owner,
      body: { id: first.body.id, type: "text", text: "uno" },
    });
    expect(elsewhere).toMatchObject(taken);
    expect(await countOf("messages", "tenant_id = $1", [us.tenantId])).toBe(1);
  });

  test.each([
    ["text", { text: "" }],
    ["text", { text: " \n\t\u00a0" }],
    ["text", { text: "a\u0000b" }],
    ["text", { text: "media \ud83d" }],
    ["text", { text: "x".repeat(65_537) }],
    ["text", { text: 7 }],
    ["text", { text: undefined }],
    ["type", { type: "telepathy" }],
    ["type", { type: "system" }],
    ["mediaId", { type: "image" }],
    ["id", { id: "msg_mine" }],
    ["id", { id: newId("conversation") }],
    ["replyToId", { replyToId: newId("message") }],
    ["status", { status: "sent" }],
    ["author", { author: { kind: "bot" } }],
  ])("a wrong %s is named (%j) and nothing is written", async (path, wrong) => {
    const space = await aWorkspace();
    const answer = await send(space, { type: "text", text: "hola", ...wrong });
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid_input", errors: [{ path }] } });
    await nothingWritten(space.tenantId);
  });

  test("a text as long as WhatsApp takes goes through whole", async () => {
    const space = await aWorkspace();
    const text = "ñ".repeat(65_536);
    const { status, body } = await send(space, { type: "text", text });
    expect(status).toBe(201);
    expect(body.text).toBe(text);
    const [row] = await sql<{ preview: string }>(
      "select last_message_text as preview from conversations where id = $1",
      [space.conversation.id],
    );
    expect(row?.preview).toHaveLength(200);
  });

  test("one may answer a message of this chat, and of no other", async () => {
    const space = await aWorkspace();
    const first = await send(space, { type: "text", text: "la pregunta" });
    const answer = await send(space, { type: "text", text: "la respuesta", replyToId: first.body.id });
    expect(answer).toMatchObject({
      status: 201,
      body: { replyToId: first.body.id, quoted: { text: "la pregunta", type: "text" } },
    });
    const other = await aConversation(space.ctx, space.channel, "51911111111", "Otra");
    const elsewhere = await call(POST, {
      method: "POST",
      params: { id: other.id },
      headers: space.owner,
      body: { type: "text", text: "hola", replyToId: first.body.id },
    });
    expect(elsewhere).toMatchObject({
      status: 422,
      body: { errors: [{ path: "replyToId", code: "not_found" }] },
    });
    const them = await aWorkspace();
    const foreign = await send(them, { type: "text", text: "hola", replyToId: first.body.id });
    expect(foreign).toMatchObject({ status: 422, body: { errors: [{ path: "replyToId" }] } });
    expect(JSON.stringify(foreign.body)).not.toContain("la pregunta");
  });

  test("a program's message carries the program's name", async () => {
    const space = await aWorkspace();
    const { body } = await send(space, { type: "text", text: "oi" }, await space.keyOf("messages:write"));
    expect(body.author).toMatchObject({ kind: "api", name: "Programa", id: expect.stringMatching(/^key_/) });
  });
});

describe("POST /api/v1/messages", () => {
  const toPhone = (space: Space, body: unknown) =>
    call(sendToPhone, { method: "POST", headers: space.owner, body });

  test("writes to a number: finds the chat or starts it", async () => {
    const space = await aWorkspace();
    const known = await toPhone(space, { to: "+51 987 654 321", type: "text", text: "oi" });
    expect(known).toMatchObject({ status: 201, body: { conversationId: space.conversation.id } });
    const fresh = await toPhone(space, { to: "+51912345678", type: "text", text: "oi" });
    expect(fresh.status).toBe(201);
    expect(fresh.body.conversationId).not.toBe(space.conversation.id);
  });

  test("a repeated POST with the same id is the same message", async () => {
    const space = await aWorkspace();
    const input = { id: newId("message"), to: "+51912345678", type: "text", text: "oi" };
    const answers = await Promise.all(Array.from({ length: 5 }, () => toPhone(space, input)));
    expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`))).toEqual(
      new Set([`201 ${input.id}`]),
    );
    expect(await jobsOf(input.id)).toHaveLength(1);
  });

  test("a number nobody can have is refused, and so is an unknown channel; nothing is written", async () => {
    const space = await aWorkspace();
    const text = { type: "text", text: "oi" };
    expect(await toPhone(space, { to: "+51 1", ...text })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "to" }] },
    });
    expect(await toPhone(space, { to: "+51912345678", channelId: newId("channel"), ...text })).toMatchObject({
      status: 422,
      body: { errors: [{ path: "channelId" }] },
    });
    await nothingWritten(space.tenantId);
  });
});

describe("POST …/messages/{id}/retry", () => {
  const again = (space: Space, id: string) =>
    call(retry, { method: "POST", params: { id }, headers: space.owner });

  test("only what failed or is unconfirmed can be sent again", async () => {
    const space = await aWorkspace();
    const { body } = await send(space, { type: "text", text: "oi" });
    for (const status of ["queued", "sending", "sent", "delivered", "read", "played"]) {
      await sql("update messages set status = $2::message_status where id = $1", [body.id, status]);
      expect(await again(space, body.id)).toMatchObject({
        status: 409,
        body: { code: "message_not_retryable" },
      });
    }
    expect(await jobsOf(body.id)).toHaveLength(1);
  });

  test("pressed five times at once it is queued once", async () => {
    const space = await aWorkspace();
    const { body } = await send(space, { type: "text", text: "oi" });
    await sql("delete from pgboss.job where data->>'messageId' = $1", [body.id]);
    await sql(
      "update messages set status = 'failed', error_code = 'gateway_failed', attempts = 4 where id = $1",
      [body.id],
    );
    const answers = await Promise.all(Array.from({ length: 5 }, () => again(space, body.id)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409]);
    expect(answers.find(({ status }) => status === 200)?.body).toMatchObject({
      status: "queued",
      error: null,
    });
    expect(await jobsOf(body.id)).toHaveLength(1);
  });
});
