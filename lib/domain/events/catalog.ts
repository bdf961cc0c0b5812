import { z } from "zod";
import { AlertView } from "#lib/domain/alerts/schema.ts";
import { ChannelView } from "#lib/domain/channels/schema.ts";
import { ConversationView } from "#lib/domain/conversations/schema.ts";
import { MessageView } from "#lib/domain/messages/schema.ts";

/**
 * Every domain event. The stored payload carries ids only; the relay presents the rows when it
 * publishes, so a browser always gets the newest state. All go to `private-tenant-{id}`.
 */
export const DOMAIN_EVENTS = [
  "message.received",
  "message.queued",
  "message.updated",
  "conversation.updated",
  "conversation.merged",
  "conversation.split",
  "channel.updated",
  "alert.updated",
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
  /** `conversationId` is no more: its messages are in `intoId`. */
  | { type: "conversation.merged"; conversationId: string; intoId: string }
  /** `conversationId` is there again with messages that were in `fromId`. */
  | { type: "conversation.split"; conversationId: string; fromId: string }
  | { type: "channel.updated"; channelId: string }
  | { type: "alert.updated"; alertId: string };

const seq = z.number().int();

/**
 * What a browser receives, under the event's own name. `seq` grows by one per event of the tenant: a
 * gap means something was missed. Too large for a frame (10 KB): the views are null and the browser
 * asks the API for the ids.
 */
export const RealtimeEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.enum(["message.received", "message.queued", "message.updated"]),
    seq,
    messageId: z.string(),
    conversationId: z.string(),
    message: MessageView.nullable(),
    conversation: ConversationView.nullable(),
  }),
  z.object({
    type: z.literal("conversation.updated"),
    seq,
    conversationId: z.string(),
    conversation: ConversationView.nullable(),
  }),
  z.object({
    type: z.literal("conversation.merged"),
    seq,
    conversationId: z.string(),
    intoId: z.string(),
    /** The one that remains. */
    conversation: ConversationView.nullable(),
  }),
  z.object({
    type: z.literal("conversation.split"),
    seq,
    conversationId: z.string(),
    fromId: z.string(),
    /** The one that is there again. */
    conversation: ConversationView.nullable(),
  }),
  z.object({
    type: z.literal("channel.updated"),
    seq,
    channelId: z.string(),
    channel: ChannelView.nullable(),
  }),
  z.object({
    type: z.literal("alert.updated"),
    seq,
    alertId: z.string(),
    alert: AlertView.nullable(),
  }),
]);
export type RealtimeEvent = z.infer<typeof RealtimeEvent>;
