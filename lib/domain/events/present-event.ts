import { z } from "zod";
import type { Db } from "#lib/db/client.ts";
import { presentAlert, WITH_CHANNEL } from "#lib/domain/alerts/present.ts";
import { presentChannel } from "#lib/domain/channels/present.ts";
import { presentConversation, WITH_CONTACT } from "#lib/domain/conversations/present.ts";
import { presentMessage, SHOWN_WITH } from "#lib/domain/messages/present.ts";
import type { DomainEvent } from "#prisma/generated/client.ts";
import type { DomainEventType } from "./catalog.ts";
import { DOMAIN_EVENTS } from "./catalog.ts";
import type { RealtimeEvent } from "./schema.ts";

const MessageIds = z.object({ messageId: z.string(), conversationId: z.string() });
const ConversationIds = z.object({ conversationId: z.string() });
const MergedIds = z.object({ conversationId: z.string(), intoId: z.string() });
const SplitIds = z.object({ conversationId: z.string(), fromId: z.string() });
const ChannelIds = z.object({ channelId: z.string() });
const AlertIds = z.object({ alertId: z.string() });

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
    case "conversation.split":
      return { ...event, conversation: rows.conversations.get(event.conversationId) ?? null };
    case "conversation.merged":
      return { ...event, conversation: rows.conversations.get(event.intoId) ?? null };
    case "channel.updated":
      return { ...event, channel: rows.channels.get(event.channelId) ?? null };
    case "alert.updated":
      return { ...event, alert: rows.alerts.get(event.alertId) ?? null };
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
  | { type: "conversation.merged"; seq: number; conversationId: string; intoId: string }
  | { type: "conversation.split"; seq: number; conversationId: string; fromId: string }
  | { type: "channel.updated"; seq: number; channelId: string }
  | { type: "alert.updated"; seq: number; alertId: string };

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
    case "conversation.merged":
      return [{ type, seq, ...MergedIds.parse(event.payload) }];
    case "conversation.split":
      return [{ type, seq, ...SplitIds.parse(event.payload) }];
    case "channel.updated":
      return [{ type, seq, ...ChannelIds.parse(event.payload) }];
    case "alert.updated":
      return [{ type, seq, ...AlertIds.parse(event.payload) }];
    case undefined:
      return [];
  }
}

async function loadRows(db: Db, events: readonly Parsed[]) {
  const ids = (...names: ("messageId" | "conversationId" | "intoId" | "channelId" | "alertId")[]) => [
    ...new Set(
      events.flatMap((event) =>
        Object.entries(event).flatMap(([key, value]) =>
          names.some((name) => name === key) ? [String(value)] : [],
        ),
      ),
    ),
  ];
  const [messageIds, conversationIds, channelIds, alertIds] = [
    ids("messageId"),
    ids("conversationId", "intoId"),
    ids("channelId"),
    ids("alertId"),
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
  const alerts =
    alertIds.length > 0
      ? await db.alert.findMany({ where: { id: { in: alertIds } }, include: WITH_CHANNEL })
      : [];
  return {
    messages: new Map(messages.map((row) => [row.id, presentMessage(row)])),
    conversations: new Map(conversations.map((row) => [row.id, presentConversation(row)])),
    channels: new Map(channels.map((row) => [row.id, presentChannel(row)])),
    alerts: new Map(alerts.map((row) => [row.id, presentAlert(row)])),
  };
}
