import { z } from "zod";
import type { Db } from "#lib/db/client.ts";
import { presentChannel } from "#lib/domain/channels/present.ts";
import { presentConversation, WITH_CONTACT } from "#lib/domain/conversations/present.ts";
import { presentMessage, SHOWN_WITH } from "#lib/domain/messages/present.ts";
import type { DomainEvent } from "#prisma/generated/client.ts";
import type { DomainEventType } from "./catalog.ts";
import { DOMAIN_EVENTS } from "./catalog.ts";
import type { RealtimeEvent } from "./schema.ts";

const MessageIds = z.object({ messageId: z.string(), conversationId: z.string() });
const ConversationIds = z.object({ conversationId: z.string() });
const ChannelIds = z.object({ channelId: z.string() });

/** Stored events as browsers get them, with the rows as they are now. Rows deleted since are null. */
export async function presentEvents(db: Db, events: readonly DomainEvent[]): Promise<RealtimeEvent[]> {
  const parsed = events.flatMap(parseEvent);
  const rows = await loadRows(db, parsed);
  return parsed.map((event) => withViews(event, rows));
}

type Rows = Awaited<ReturnType<typeof loadRows>>;

function withViews(event: Parsed, rows: Rows): RealtimeEvent {
  switch (event.type) {
    case "message.received":
    case "message.queued":
    case "message.updated":
      return {
        ...event,
        message: rows.messages.get(event.messageId) ?? null,
        conversation: rows.conversations.get(event.conversationId) ?? null,
      };
    case "conversation.updated":
      return { ...event, conversation: rows.conversations.get(event.conversationId) ?? null };
    case "channel.updated":
      return { ...event, channel: rows.channels.get(event.channelId) ?? null };
  }
}

type Parsed =
  | {
      type: "message.received" | "message.queued" | "message.updated";
      seq: number;
      messageId: string;
      conversationId: string;
    }
  | { type: "conversation.updated"; seq: number; conversationId: string }
  | { type: "channel.updated"; seq: number; channelId: string };

function parseEvent(event: DomainEvent): Parsed[] {
  const type = DOMAIN_EVENTS.find((known): known is DomainEventType => known === event.type);
  const seq = Number(event.seq ?? 0);
  switch (type) {
    case "message.received":
    case "message.queued":
    case "message.updated":
      return [{ type, seq, ...MessageIds.parse(event.payload) }];
    case "conversation.updated":
      return [{ type, seq, ...ConversationIds.parse(event.payload) }];
    case "channel.updated":
      return [{ type, seq, ...ChannelIds.parse(event.payload) }];
    case undefined:
      return [];
  }
}

async function loadRows(db: Db, events: readonly Parsed[]) {
  const ids = <K extends "messageId" | "conversationId" | "channelId">(name: K) => [
    ...new Set(
      events.flatMap((event) =>
        Object.entries(event).flatMap(([key, value]) => (key === name ? [String(value)] : [])),
      ),
    ),
  ];
  const [messageIds, conversationIds, channelIds] = [
    ids("messageId"),
    ids("conversationId"),
    ids("channelId"),
  ];
  const messages =
    messageIds.length > 0
      ? await db.message.findMany({ where: { id: { in: messageIds } }, include: SHOWN_WITH })
      : [];
  const conversations =
    conversationIds.length > 0
      ? await db.conversation.findMany({ where: { id: { in: conversationIds } }, include: WITH_CONTACT })
      : [];
  const channels =
    channelIds.length > 0 ? await db.channel.findMany({ where: { id: { in: channelIds } } }) : [];
  return {
    messages: new Map(messages.map((row) => [row.id, presentMessage(row)])),
    conversations: new Map(conversations.map((row) => [row.id, presentConversation(row)])),
    channels: new Map(channels.map((row) => [row.id, presentChannel(row)])),
  };
}
