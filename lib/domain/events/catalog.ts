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
