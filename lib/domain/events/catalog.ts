import type { ChannelView } from "#lib/domain/channels/schema.ts";
import type { ConversationView } from "#lib/domain/conversations/schema.ts";
import type { MessageView } from "#lib/domain/messages/schema.ts";

/**
 * Every domain event. The stored payload carries ids only; the relay presents the rows when it
 * publishes, so a browser always gets the newest state. All go to `private-tenant-{id}`.
 */
export const DOMAIN_EVENTS = [
  "message.received",
  "message.queued",
  "message.updated",
  "conversation.updated",
  "channel.updated",
] as const;
export type DomainEventType = (typeof DOMAIN_EVENTS)[number];

/** What is stored. */
export type DomainEventPayload =
  | {
      type: "message.received" | "message.queued" | "message.updated";
      messageId: string;
      conversationId: string;
    }
  | { type: "conversation.updated"; conversationId: string }
  | { type: "channel.updated"; channelId: string };

/**
 * What a browser receives, under the event's own name. `seq` grows by one per event of the tenant: a
 * gap means something was missed. Too large for a frame (10 KB): the views are null and the browser
 * asks the API for the ids.
 */
export type RealtimeEvent =
  | {
      type: "message.received" | "message.queued" | "message.updated";
      seq: number;
      messageId: string;
      conversationId: string;
      message: MessageView | null;
      conversation: ConversationView | null;
    }
  | {
      type: "conversation.updated";
      seq: number;
      conversationId: string;
      conversation: ConversationView | null;
    }
  | { type: "channel.updated"; seq: number; channelId: string; channel: ChannelView | null };
