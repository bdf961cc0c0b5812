import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import { conversationKeys } from "#components/conversations/queries.ts";
import { SelectedConversation } from "#components/conversations/selected-conversation.tsx";
import { messageKeys, THREAD_PAGE, threadPageParam } from "#components/messages/queries.ts";
import { getConversation } from "#lib/domain/conversations/queries.ts";
import { listMessages } from "#lib/domain/messages/queries.ts";
import { isId } from "#lib/kernel/ids.ts";
import { prefetching } from "../prefetch.ts";

type Params = Promise<{ tenant: string; conversationId: string }>;

/** What cannot be read here (another tenant's, a wrong id) the browser asks for and says so. */
export default async function ConversationPage({ params }: { params: Params }) {
  const { tenant, conversationId } = await params;
  if (!isId("conversation", conversationId)) return <SelectedConversation />;
  const { ctx, client } = await prefetching(tenant);
  await Promise.all([
    client.prefetchQuery({
      queryKey: conversationKeys.detail(conversationId),
      queryFn: () => getConversation(ctx, conversationId),
    }),
    client.prefetchInfiniteQuery({
      ...threadPageParam,
      queryKey: messageKeys.thread(conversationId),
      queryFn: () => listMessages(ctx, conversationId, { limit: THREAD_PAGE }),
    }),
  ]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <SelectedConversation />
    </HydrationBoundary>
  );
}
