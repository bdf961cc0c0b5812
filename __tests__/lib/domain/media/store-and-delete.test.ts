import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { aPhoto, aWav } from "#__tests__/support/files.ts";
import { drainJobs, queuedJobs } from "#__tests__/support/jobs.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { deleteFiles, forgetFiles } from "#lib/domain/files/delete-files.ts";
import { attachUpload } from "#lib/domain/media/assign-upload.ts";
import { outgoingMedia } from "#lib/domain/media/outgoing-media.ts";
import { presentMedia } from "#lib/domain/media/present.ts";
import { getMedia } from "#lib/domain/media/queries.ts";
import { purgeUploads } from "#lib/worker/schedules/purge-uploads.ts";
import { anInbox } from "#prisma/factories/inbox.ts";
import { aMember } from "#prisma/factories/tenant.ts";
import { aMessage, anUpload, isStored, mediaIdOf, mediaRow } from "./support.ts";

const HOUR = 3_600_000;

test("an upload is kept with its thumbnail and shown as it is", async () => {
  const { ctx } = await anInbox();
  const photo = await aPhoto(1600, 1200);
  const row = await anUpload(ctx, photo, "../../torta\u202egpj.exe");
  expect(presentMedia(row)).toEqual({
    id: row.id,
    status: "ready",
    mimeType: "image/jpeg",
    fileName: "_.._tortagpj.exe",
    sizeBytes: photo.length,
    width: 1600,
    height: 1200,
    durationS: null,
    waveform: [],
    preview: null,
    url: `/api/v1/media/${row.id}?workspace=${ctx.tenantId}`,
    thumbnailUrl: `/api/v1/media/${row.id}/thumbnail?workspace=${ctx.tenantId}`,
    error: null,
  });
  expect([await isStored(ctx, row.hash), await isStored(ctx, row.thumbHash)]).toEqual([true, true]);
});

test("a file goes out as what it is, once, and only as what WhatsApp takes it for", async () => {
  const inbox = await anInbox();
  const { ctx } = inbox;
  const photo = await aPhoto();
  const row = await anUpload(ctx, photo);
  const id = mediaIdOf(row);
  const attach = async (type: "image" | "voice" | "document", media = id) => {
    const messageId = await aMessage(inbox);
    return inTransaction(ctx, (tx) => attachUpload(tx, media, messageId, type));
  };
  const refusedAs = (code: string) =>
    expect.objectContaining({
      code: "invalid_input",
      fields: [expect.objectContaining({ path: "mediaId", code })],
    });
  await expect(attach("voice")).rejects.toEqual(refusedAs("wrong_kind"));
  await attach("image");
  await expect(attach("image")).rejects.toEqual(refusedAs("already_sent"));
  const media = await outgoingMedia(ctx, id);
  expect(media).toMatchObject({ mimeType: "image/jpeg", fileName: "foto.jpg" });
  expect(Buffer.compare(media.bytes, photo)).toBe(0);

  const large = await anUpload(ctx, Buffer.concat([photo, Buffer.alloc(5 * 1024 * 1024)]));
  await expect(attach("image", mediaIdOf(large))).rejects.toEqual(refusedAs("too_large"));
  await attach("document", mediaIdOf(large));

  const other = await anInbox();
  const theirs = mediaIdOf(await anUpload(other.ctx, photo));
  await expect(attach("image", theirs)).rejects.toEqual(refusedAs("not_found"));
});

test("of two messages that take one upload at the same time one gets it", async () => {
  const inbox = await anInbox();
  const id = mediaIdOf(await anUpload(inbox.ctx, aWav()));
  const messages = [await aMessage(inbox), await aMessage(inbox)];
  const taken = await Promise.allSettled(
    messages.map((messageId) =>
      inTransaction(inbox.ctx, (tx) => attachUpload(tx, id, messageId, "document")),
    ),
  );
  expect(taken.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
});

test("bytes stay as long as a row names them, and are each tenant's own", async () => {
  const [mine, theirs] = [await anInbox(), await anInbox()];
  const photo = await aPhoto(900, 500);
  const [first, second] = [await anUpload(mine.ctx, photo), await anUpload(mine.ctx, photo)];
  const foreign = await anUpload(theirs.ctx, photo);
  expect(new Set([first.hash, second.hash, foreign.hash]).size).toBe(1);
  const remove = (id: string) =>
    inTransaction(mine.ctx, async (tx) => {
      await forgetFiles(tx, { id });
      await tx.db.media.delete({ where: { id } });
    });
  await remove(first.id);
  await drainJobs("delete-files");
  expect(await isStored(mine.ctx, second.hash)).toBe(true);
  await remove(second.id);
  await drainJobs("delete-files");
  expect([await isStored(mine.ctx, first.hash), await isStored(mine.ctx, first.thumbHash)]).toEqual([
    false,
    false,
  ]);
  expect(await isStored(theirs.ctx, foreign.hash)).toBe(true);
});

test("a file sent again while it is being deleted is there afterwards", async () => {
  const { ctx } = await anInbox();
  const photo = await aPhoto(300, 300);
  const { id, hash, thumbHash } = await anUpload(ctx, photo);
  for (let round = 0, last = id; round < 8; round++) {
    await inTransaction(ctx, (tx) => tx.db.media.delete({ where: { id: last } }));
    const [again] = await Promise.all([
      anUpload(ctx, photo),
      deleteFiles(ctx, [hash ?? "", thumbHash ?? ""]),
    ]);
    expect([await isStored(ctx, hash), await isStored(ctx, thumbHash)]).toEqual([true, true]);
    last = again.id;
  }
});

test("uploads that were not sent go after a day, with their bytes", async () => {
  const inbox = await anInbox();
  const { ctx } = inbox;
  const [old, sent, fresh] = [
    await anUpload(ctx, aWav(1)),
    await anUpload(ctx, aWav(2)),
    await anUpload(ctx, aWav(3)),
  ];
  const messageId = await aMessage(inbox);
  await inTransaction(ctx, async (tx) => {
    await attachUpload(tx, mediaIdOf(sent), messageId, "document");
    await tx.db.media.updateMany({
      where: { id: { in: [old.id, sent.id] } },
      data: { createdAt: new Date(Date.now() - 25 * HOUR) },
    });
  });
  await purgeUploads();
  await purgeUploads();
  await drainJobs("delete-files");
  expect(await mediaRow(ctx, old.id)).toBeNull();
  expect(await isStored(ctx, old.hash)).toBe(false);
  for (const kept of [sent, fresh]) {
    expect(await mediaRow(ctx, kept.id)).not.toBeNull();
    expect(await isStored(ctx, kept.hash)).toBe(true);
  }
  expect(await queuedJobs("delete-files")).toEqual([]);
});

test("the file of a message that was deleted for everyone is there for owners and admins only", async () => {
  const inbox = await anInbox();
  const media = mediaIdOf(await anUpload(inbox.ctx, await aPhoto()));
  const messageId = await aMessage(inbox);
  await inTransaction(inbox.ctx, async (tx) => {
    await attachUpload(tx, media, messageId, "image");
    await tx.db.message.update({ where: { id: messageId }, data: { deletedAt: new Date() } });
  });
  const agent = await aMember(inbox.tenantId, "agent");
  await expect(getMedia(agent.ctx, media)).rejects.toMatchObject({ code: "not_found" });
  expect(await getMedia(inbox.ctx, media)).toMatchObject({ id: media });
});
