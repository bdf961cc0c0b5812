import { emit, type Tx } from "#lib/domain/context.ts";
import { countInboundSince } from "#lib/domain/threads/mark-read-up-to.ts";
import { recomputeLastMessage } from "#lib/domain/threads/record-message.ts";
import type { Conversation } from "#prisma/generated/client.ts";
import type { MovedConversation } from "./merge-record.ts";

/**
 * Gives the survivor the conversations of the contact that goes. Nothing may hang on a conversation
 * unmoved when it is deleted here: whoever gives conversations something new moves it too.
 */
export async function adoptConversations(
  tx: Tx,
  survivorId: string,
  mergedId: string,
): Promise<MovedConversation[]> {
  await lockConversationsOf(tx, survivorId, mergedId);
  const own = await tx.db.conversation.findMany({ where: { contactId: survivorId } });
  const coming = await tx.db.conversation.findMany({ where: { contactId: mergedId } });
  const moved: MovedConversation[] = [];
  for (const conversation of coming) {
    const into = own.find(({ channelId }) => channelId === conversation.channelId);
    if (into) moved.push(await fold(tx, conversation, into));
    else {
      await tx.db.conversation.update({ where: { id: conversation.id }, data: { contactId: survivorId } });
      moved.push(recordOf(conversation, null));
    }
  }
  return moved;
}

/** In one order, so that two who lock several never wait for each other. */
export async function lockConversationsOf(tx: Tx, ...contactIds: string[]): Promise<void> {
  await tx.db.$queryRaw`
    select id from conversations where contact_id = any(${contactIds}) order by id for update`;
}

/** One thread out of two: `from` is gone, `into` has everything. */
async function fold(tx: Tx, from: Conversation, into: Conversation): Promise<MovedConversation> {
  const where = { conversationId: from.id };
  const messageIds = (await tx.db.message.findMany({ where, select: { id: true } })).map(({ id }) => id);
  await tx.db.message.updateMany({ where, data: { conversationId: into.id } });
  const gapIds = await moveGaps(tx, from.id, into.id);
  await tx.db.conversation.delete({ where: { id: from.id } });
  const later = from.lastMessageAt > into.lastMessageAt ? from : into;
  // A phone is kept over a lid, because marking read needs it; else where WhatsApp last wrote from.
  const address = [later, from, into].find(({ addressKind }) => addressKind === "phone") ?? later;
  const readOnPhoneAt = laterOf(from.readOnPhoneAt, into.readOnPhoneAt);
  const unread = into.unreadCount + from.unreadCount;
  await tx.db.conversation.update({
    where: { id: into.id },
    data: {
      readOnPhoneAt,
      unreadCount: readOnPhoneAt
        ? Math.min(unread, await countInboundSince(tx, into.id, readOnPhoneAt))
        : unread,
      status: from.status === "open" ? "open" : into.status,
      addressKind: address.addressKind,
      addressValue: address.addressValue,
    },
  });
  await recomputeLastMessage(tx, into.id);
  emit(tx, { type: "conversation.merged", conversationId: from.id, intoId: into.id });
  return { ...recordOf(from, into.id), messageIds, gapIds };
}

function laterOf(a: Date | null, b: Date | null): Date | null {
  return a && b ? new Date(Math.max(a.getTime(), b.getTime())) : (a ?? b);
}

/** Of two gaps that begin together the longer one tells enough. */
async function moveGaps(tx: Tx, fromId: string, intoId: string): Promise<string[]> {
  const own = await tx.db.gap.findMany({ where: { conversationId: intoId } });
  const movedIds: string[] = [];
  for (const gap of await tx.db.gap.findMany({ where: { conversationId: fromId } })) {
    const twin = own.find(({ from }) => from.getTime() === gap.from.getTime());
    if (!twin) {
      await tx.db.gap.update({ where: { id: gap.id }, data: { conversationId: intoId } });
      movedIds.push(gap.id);
    } else if (gap.to > twin.to) await tx.db.gap.update({ where: { id: twin.id }, data: { to: gap.to } });
  }
  return movedIds;
}

function recordOf(conversation: Conversation, intoId: string | null): MovedConversation {
  const { id, channelId, status, addressKind, addressValue, allowed, createdAt } = conversation;
  return {
    id,
    channelId,
    intoId,
    status,
    addressKind,
    addressValue,
    allowed,
    createdAt: createdAt.toISOString(),
    messageIds: [],
    gapIds: [],
  };
}
