import type { QueryClient } from "@tanstack/react-query";
import type { ConversationView } from "#lib/domain/conversations/schema.ts";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";
import { asId } from "#lib/kernel/ids.ts";
import {
  type ConversationListData,
  findConversation,
  removeConversation,
  upsertConversation,
} from "./cache.ts";
import { type ConversationFilter, mayMatch } from "./filter.ts";
import { conversationKeys } from "./queries.ts";

/** What an event changes in the loaded lists and in an open conversation. */
export function applyToConversations(client: QueryClient, event: RealtimeEvent): void {
  if (event.type === "channel.updated" || event.type === "alert.updated") return;
  if (event.type === "conversation.merged") dropMerged(client, event);
  // Too large for a frame: the API has it.
  if (event.conversation === null) void client.invalidateQueries({ queryKey: conversationKeys.all });
  else putConversation(client, event.conversation);
}

/** It is no more: out of every list; whoever has it open is led to the one that has its messages now. */
function dropMerged(
  client: QueryClient,
  { conversationId, conversation }: Extract<RealtimeEvent, { type: "conversation.merged" }>,
): void {
  for (const { queryKey } of loadedLists(client)) {
    client.setQueryData<ConversationListData>(
      queryKey,
      (list) => list && removeConversation(list, conversationId),
    );
  }
  const queryKey = conversationKeys.detail(asId("conversation", conversationId));
  if (conversation) client.setQueryData<ConversationView>(queryKey, (known) => known && conversation);
  else void client.invalidateQueries({ queryKey });
}

/** The newest state of a conversation into every list and into its own entry. */
export function putConversation(client: QueryClient, conversation: ConversationView): void {
  for (const { queryKey, filter } of loadedLists(client)) {
    const list = client.getQueryData<ConversationListData>(queryKey);
    if (!list) continue;
    const next = upsertConversation(list, filter, conversation);
    client.setQueryData<ConversationListData>(queryKey, next);
    // Whether a search finds it is the server's to say.
    if (filter.q !== "" && !findConversation(list, conversation.id) && mayMatch(filter.q, conversation)) {
      void client.invalidateQueries({ queryKey, exact: true });
    }
  }
  client.setQueryData<ConversationView>(
    conversationKeys.detail(conversation.id),
    (known) => known && conversation,
  );
}

/** What any list or entry knows of a conversation. */
export function knownConversation(
  client: QueryClient,
  id: ConversationView["id"],
): ConversationView | undefined {
  const entry = client.getQueryData<ConversationView>(conversationKeys.detail(id));
  if (entry) return entry;
  for (const { queryKey } of loadedLists(client)) {
    const found = findConversation(client.getQueryData<ConversationListData>(queryKey), id);
    if (found) return found;
  }
  return undefined;
}

function loadedLists(client: QueryClient) {
  return client
    .getQueryCache()
    .findAll({ queryKey: conversationKeys.lists })
    .map(({ queryKey }) => ({ queryKey, filter: queryKey[2] as ConversationFilter }));
}
