import type { Address } from "#lib/channel-adapters/contract.ts";
import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { type Ctx, inTransaction, type Tx } from "#lib/domain/context.ts";
import { queueDeletion } from "#lib/domain/files/delete-files.ts";
import { lockToName } from "#lib/domain/files/file-lock.ts";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { fetchPublicFile } from "#lib/kernel/fetch-public-file.ts";
import type { ContactId } from "#lib/kernel/ids.ts";
import { putFile } from "#lib/storage/files.ts";
import { discardFile, stageFile } from "#lib/storage/stage-file.ts";
import { shareContacts } from "./contacts-lock.ts";
import { tellConversations } from "./merge-contacts.ts";
import { pictureTypeOf } from "./picture-type.ts";
import { updateGroup } from "./update-group.ts";

const BYTES_MAX = 2_000_000;
const TIMEOUT_MS = 15_000;

/**
 * Brings a contact's picture over to us, because the provider's URL dies after some days; of a group, its
 * name and members too. Nobody waits for it: who is not reachable now is asked again in a week.
 */
export async function refreshContactPicture(ctx: Ctx, contactId: ContactId): Promise<void> {
  const place = await inTransaction(ctx, (tx) => whereToAsk(tx, contactId));
  if (!place) return;
  const { channel, address } = place;
  const adapter = adapterFor(channel.kind);
  const access = channelAccess(channel);
  if (address.kind === "group") {
    const group = await adapter.fetchGroup(access, address).catch(orNothing);
    if (group) await inTransaction(ctx, (tx) => updateGroup(tx, address, group));
  }
  const url = await adapter.fetchPicture(access, address);
  if (url === null) await dropPicture(ctx, contactId);
  else await keepPicture(ctx, contactId, url);
}

type Picture = { pictureUrl: string | null; pictureHash: string | null; pictureType: string | null };

const NO_PICTURE: Picture = { pictureUrl: null, pictureHash: null, pictureType: null };

async function dropPicture(ctx: Ctx, contactId: ContactId): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await namePicture(tx, contactId, NO_PICTURE);
    await tellConversations(tx, contactId);
  });
}

/** The former file goes, unless another row names it. */
async function namePicture(tx: Tx, contactId: ContactId, picture: Picture): Promise<void> {
  await shareContacts(tx);
  if (picture.pictureHash !== null) await lockToName(tx, [picture.pictureHash]);
  const before = await tx.db.contact.findUnique({
    where: { id: contactId },
    select: { pictureHash: true },
  });
  if (!before) return;
  await tx.db.contact.update({ where: { id: contactId }, data: picture, select: { id: true } });
  if (before.pictureHash !== null && before.pictureHash !== picture.pictureHash)
    queueDeletion(tx, [before.pictureHash]);
}

/** The number's most recent chat on a channel that is connected, and the address it goes by there. */
async function whereToAsk(tx: Tx, contactId: ContactId) {
  const conversation = await tx.db.conversation.findFirst({
    where: { contactId, channel: { status: "connected" } },
    orderBy: { lastMessageAt: "desc" },
    include: { channel: true },
  });
  if (!conversation) return null;
  const address: Address = { kind: conversation.addressKind, id: conversation.addressValue };
  return { channel: conversation.channel, address };
}

async function keepPicture(ctx: Ctx, contactId: ContactId, pictureUrl: string): Promise<void> {
  const ownOrigins = ownServers();
  const bytes = await fetchPublicFile(pictureUrl, { bytesMax: BYTES_MAX, timeoutMs: TIMEOUT_MS, ownOrigins });
  const pictureType = pictureTypeOf(bytes, { drawn: ownOrigins.includes(new URL(pictureUrl).origin) });
  if (!pictureType) throw new AppError("media_rejected", { detail: "not a picture" });
  const file = await stageFile(bytes, BYTES_MAX);
  try {
    const picture = { pictureUrl, pictureHash: file.hash, pictureType };
    // Named first, as media are (media/file-lock.ts): what a row names is not deleted.
    await inTransaction(ctx, (tx) => namePicture(tx, contactId, picture));
    await putFile(ctx.tenantId, file);
    await inTransaction(ctx, (tx) => tellConversations(tx, contactId));
  } finally {
    await discardFile(file);
  }
}

/** The practice gateway serves its own portraits, from this machine. */
function ownServers(): string[] {
  const { SANDBOX_URL } = env();
  return SANDBOX_URL ? [new URL(SANDBOX_URL).origin] : [];
}

/** A gateway that does not know the group any more. */
function orNothing(error: unknown): null {
  if (error instanceof AppError && !error.retryable) return null;
  throw error;
}
