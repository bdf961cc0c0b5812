import type { Tx } from "#lib/domain/context.ts";
import { requireConversation } from "#lib/domain/conversations/queries.ts";
import { markReadUpTo } from "#lib/domain/threads/mark-read-up-to.ts";
import { lockByExternalId } from "./queries.ts";
import { holdEvent } from "./record-held-event.ts";

/** The owner read this message on the phone, and so all before it; for one not yet known it waits. */
export async function applyReadOnPhone(
  tx: Tx,
  channelId: string,
  externalId: string,
  receivedAt: Date,
): Promise<string | null> {
  const message = await lockByExternalId(tx, channelId, externalId);
  if (!message) {
    await holdEvent(tx, channelId, externalId, { type: "read_on_phone", at: receivedAt });
    return null;
  }
  const conversation = await requireConversation(tx, message.conversationId);
  await markReadUpTo(tx, conversation, message.orderedAt);
  return conversation.id;
}
