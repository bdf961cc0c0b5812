import { openConversation } from "#lib/domain/conversations/open-conversation.ts";
import { presentConversation } from "#lib/domain/conversations/present.ts";
import { listConversations } from "#lib/domain/conversations/queries.ts";
import { ListConversations, OpenConversation } from "#lib/domain/conversations/schema.ts";
import { created, ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "conversations", query: ListConversations, scope: "conversations:read" },
  async ({ ctx, query }) => ok(await listConversations(ctx, query)),
);

export const POST = route(
  { name: "conversations", body: OpenConversation, scope: "conversations:write", idempotent: true },
  async ({ ctx, body }) => created(presentConversation(await openConversation(ctx, body))),
);
