import type { MessageView } from "#lib/domain/messages/schema.ts";
import { type ChannelId, type ConversationId, newId } from "#lib/kernel/ids.ts";

/**
 * A message as this browser shows it. `local` is set while the server has not answered for it:
 * `sending` has not been accepted yet, `rejected` was refused and exists nowhere else.
 */
export type LocalMessage = MessageView & { local?: "sending" | "rejected" };

type Place = { conversationId: ConversationId; channelId: ChannelId; sentAt: string };

/** A message of nobody with nothing in it, to be filled in. */
export function blankMessage({ conversationId, channelId, sentAt }: Place): LocalMessage {
  return {
    id: newId("message"),
    conversationId,
    channelId,
    direction: "outbound",
    type: "text",
    text: null,
    replyToId: null,
    quoted: null,
    author: { kind: "member", id: null, name: null },
    status: "queued",
    error: null,
    media: null,
    details: null,
    reactions: [],
    forwarded: false,
    viewOnce: false,
    albumId: null,
    ad: null,
    recovered: false,
    waiting: null,
    change: { pending: null, error: null },
    receipts: {},
    sentAt,
    createdAt: sentAt,
    editedAt: null,
    deletedAt: null,
  };
}
