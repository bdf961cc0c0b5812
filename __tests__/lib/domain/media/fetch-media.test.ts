import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { aPhoto } from "#__tests__/support/files.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { drainJobs, eventTypes, queuedJobs } from "#__tests__/support/jobs.ts";
import { until } from "#__tests__/support/until.ts";
import { systemContext } from "#lib/auth/system-context.ts";
import { listChannels } from "#lib/domain/channels/queries.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { listConversations } from "#lib/domain/conversations/queries.ts";
import { failMedia, fetchMedia } from "#lib/domain/media/fetch-media.ts";
import { retryMedia } from "#lib/domain/media/retry-media.ts";
import { listMessages } from "#lib/domain/messages/queries.ts";
import type { MessageView } from "#lib/domain/messages/schema.ts";
import { registerTenant } from "#lib/domain/tenants/register-tenant.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { readFile } from "#lib/storage/files.ts";
import { anInbox } from "#prisma/factories/inbox.ts";
import { anIncomingFile, isStored, mediaRow } from "./support.ts";

const PAGE = { limit: 50 };
const CUSTOMER = "51987654321";

async function connected() {
  const { tenant, channel } = await registerTenant({
    businessName: "Peluquería Luz",
    name: "Luz Mamani",
    email: `luz-${crypto.randomUUID()}@example.test`,
    password: "una clave bastante larga",
  });
  const ctx = systemContext(tenant.id);
  const { instanceName } = await inTransaction(ctx, (tx) =>
    tx.db.channel.findUniqueOrThrow({ where: { id: channel.id } }),
  );
  const instance = instanceName ?? "";
  await phones.scan(instance, { phone: `519${String(Math.random()).slice(2, 10)}` });
  await until("connected", async () => {
    await drainJobs("process-inbound-event");
    return (await listChannels(ctx))[0]?.status === "connected";
  });
  return { ctx, instance };
}

async function received({
  ctx,
}: {
  ctx: Awaited<ReturnType<typeof connected>>["ctx"];
}): Promise<MessageView & { media: NonNullable<MessageView["media"]> }> {
  return until("the message with its file", async () => {
    await drainJobs("process-inbound-event");
    const [conversation] = (await listConversations(ctx, PAGE)).data;
    const [message] = conversation ? (await listMessages(ctx, conversation.id, PAGE)).data : [];
    return message?.media ? { ...message, media: message.media } : null;
  });
}

test("a customer's photo is fetched, kept and announced", async () => {
  const inbox = await connected();
  const photo = await aPhoto(1000, 700);
  await phones.write(inbox.instance, CUSTOMER, {
    type: "image",
    media: photo.toString("base64"),
    mimeType: "image/jpeg",
    text: "mira",
  });
  const before = await received(inbox);
  expect(before).toMatchObject({
    type: "image",
    text: "mira",
    media: { status: "pending", thumbnailUrl: null },
  });
  await drainJobs("fetch-media");
  const { media } = await received(inbox);
  expect(media).toMatchObject({
    status: "ready",
    mimeType: "image/jpeg",
    sizeBytes: photo.length,
    width: 1000,
    height: 700,
    error: null,
  });
  expect(media.thumbnailUrl).not.toBeNull();
  const row = await mediaRow(inbox.ctx, media.id);
  const stored = await readFile(inbox.ctx.tenantId, row?.hash ?? "");
  expect(Buffer.compare(stored ?? Buffer.alloc(0), photo)).toBe(0);
  expect((await eventTypes(inbox.ctx)).at(-1)).toBe("message.updated");
});

test("a document keeps its name, made harmless; what it is comes from its bytes", async () => {
  const inbox = await connected();
  const page = Buffer.from("<html><script>alert(1)</script></html>");
  await phones.write(inbox.instance, CUSTOMER, {
    type: "document",
    media: page.toString("base64"),
    mimeType: "application/pdf",
    fileName: "../contrato\u202efdp.html",
  });
  await received(inbox);
  await drainJobs("fetch-media");
  expect((await received(inbox)).media).toMatchObject({
    status: "ready",
    fileName: "_contratofdp.html",
    mimeType: "application/octet-stream",
  });
});

test("a gateway that is away is asked again, then the message says why and can be retried", async () => {
  const inbox = await connected();
  await phones.write(inbox.instance, CUSTOMER, {
    type: "image",
    media: (await aPhoto()).toString("base64"),
    mimeType: "image/jpeg",
  });
  const { media } = await received(inbox);
  await phones.setFaults({ down: true });
  await drainJobs("fetch-media");
  expect((await mediaRow(inbox.ctx, media.id))?.status).toBe("pending");
  expect(await queuedJobs("fetch-media")).toEqual([{ tenantId: inbox.ctx.tenantId, mediaId: media.id }]);

  await failMedia(inbox.ctx, media.id, new AppError("gateway_unreachable"));
  expect((await received(inbox)).media).toMatchObject({ status: "failed", error: "gateway_unreachable" });
  // What is left of the first job finds nothing to do.
  await fetchMedia(inbox.ctx, media.id);

  await phones.setFaults({ down: false });
  expect(await retryMedia(inbox.ctx, media.id)).toMatchObject({ status: "pending", errorCode: null });
  expect(await retryMedia(inbox.ctx, media.id)).toMatchObject({ status: "pending" });
  await drainJobs("fetch-media");
  expect((await received(inbox)).media).toMatchObject({ status: "ready", error: null });
  expect(await retryMedia(inbox.ctx, media.id)).toMatchObject({ status: "ready" });
});

test("what can never be fetched fails at once, with its reason", async () => {
  const inbox = await connected();
  await phones.write(inbox.instance, CUSTOMER, {
    type: "image",
    media: (await aPhoto()).toString("base64"),
    mimeType: "image/jpeg",
  });
  const { media } = await received(inbox);
  await inTransaction(inbox.ctx, (tx) =>
    tx.db.media.update({ where: { id: media.id }, data: { source: { id: "NEVER-EXISTED" } } }),
  );
  await drainJobs("fetch-media");
  expect((await received(inbox)).media).toMatchObject({ status: "failed", error: "not_found" });
});

test("a worker that died in the middle leaves a file that the next try completes", async () => {
  const inbox = await connected();
  await phones.write(inbox.instance, CUSTOMER, {
    type: "image",
    media: (await aPhoto()).toString("base64"),
    mimeType: "image/jpeg",
  });
  const { media } = await received(inbox);
  await fetchMedia(inbox.ctx, media.id);
  const row = await mediaRow(inbox.ctx, media.id);
  // As it was just before the last step, once with and once without the bytes in the store.
  await inTransaction(inbox.ctx, (tx) =>
    tx.db.media.update({ where: { id: media.id }, data: { status: "pending" } }),
  );
  await fetchMedia(inbox.ctx, media.id);
  expect(await mediaRow(inbox.ctx, media.id)).toMatchObject({ status: "ready", hash: row?.hash });
  expect(await isStored(inbox.ctx, row?.hash ?? null)).toBe(true);
});

test("a message that went meanwhile is nobody's failure", async () => {
  const inbox = await anInbox();
  const id = await anIncomingFile(inbox, { ref: { id: "X" } });
  await inTransaction(inbox.ctx, (tx) => tx.db.message.deleteMany({}));
  await fetchMedia(inbox.ctx, id);
  expect(await mediaRow(inbox.ctx, id)).toBeNull();
});

test("whatever a payload says of its file can be stored", async () => {
  const inbox = await anInbox();
  const id = await anIncomingFile(inbox, {
    ref: { id: "X", message: { a: "nul\u0000", b: "\\u0000", c: "half \ud800" } },
    mimeType: "x\u0000y",
    fileName: "\u202e\u0000",
    sizeBytes: 9e15,
    width: Number.NaN,
    height: -1,
    durationS: 3.7,
    waveform: [1, 999],
    thumbnail: "not a picture",
  });
  expect(await mediaRow(inbox.ctx, id)).toMatchObject({
    status: "pending",
    source: { id: "X", message: { a: "nul", b: "\\u0000", c: "half \ufffd" } },
    mimeType: null,
    fileName: null,
    sizeBytes: null,
    width: null,
    height: null,
    durationS: 4,
    waveform: [],
    preview: null,
  });
});
