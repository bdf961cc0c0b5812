import { z } from "zod";
import { AlertView } from "#lib/domain/alerts/schema.ts";
import { ChannelView } from "#lib/domain/channels/schema.ts";
import { ConversationView } from "#lib/domain/conversations/schema.ts";
import { MessageView } from "#lib/domain/messages/schema.ts";

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
