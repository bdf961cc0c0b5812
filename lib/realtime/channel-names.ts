import { type ConversationId, isId, type TenantId } from "#lib/kernel/ids.ts";

/**
 * The channels of the app, by name. All need a signature of ours: `lib/auth/channel-access.ts` says who
 * gets one. No server import, because the browser subscribes by the same names.
 */
export type RealtimeChannel =
  | { kind: "tenant"; tenantId: TenantId }
  | { kind: "conversation"; conversationId: ConversationId }
  | { kind: "conversation-presence"; conversationId: ConversationId };

const TENANT = "private-tenant-";
const CONVERSATION = "private-conversation-";
const CONVERSATION_PRESENCE = "presence-conversation-";

/** What concerns a whole business: conversations, connections, unread counts. */
export function tenantChannel(id: TenantId) {
  return `${TENANT}${id}` as const;
}

/** What happens inside one conversation. */
export function conversationChannel(id: ConversationId) {
  return `${CONVERSATION}${id}` as const;
}

/** Who is looking at a conversation and typing in it. */
export function conversationPresenceChannel(id: ConversationId) {
  return `${CONVERSATION_PRESENCE}${id}` as const;
}

/** Reads a name back. Null for everything that the builders above would not have made. */
export function parseChannelName(name: string): RealtimeChannel | null {
  const tenantId = suffixOf(name, TENANT);
  if (isId("tenant", tenantId)) return { kind: "tenant", tenantId };
  const conversationId = suffixOf(name, CONVERSATION);
  if (isId("conversation", conversationId)) return { kind: "conversation", conversationId };
  const presentIn = suffixOf(name, CONVERSATION_PRESENCE);
  if (isId("conversation", presentIn)) return { kind: "conversation-presence", conversationId: presentIn };
  return null;
}

function suffixOf(name: string, prefix: string): string | null {
  return name.startsWith(prefix) ? name.slice(prefix.length) : null;
}
