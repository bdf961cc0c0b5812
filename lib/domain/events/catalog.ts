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
