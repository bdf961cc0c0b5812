import { presentConversation } from "#lib/domain/conversations/present.ts";
import { getConversation } from "#lib/domain/conversations/queries.ts";
import { UpdateConversation } from "#lib/domain/conversations/schema.ts";
import { updateConversation } from "#lib/domain/conversations/update-conversation.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

const params = idParam("conversation");

export const GET = route(
  { name: "conversations/[id]", params, scope: "conversations:read" },
  async ({ ctx, params }) => ok(await getConversation(ctx, params.id)),
);

export const PATCH = route(
  { name: "conversations/[id]", params, body: UpdateConversation, scope: "conversations:write" },
  async ({ ctx, params, body }) => ok(presentConversation(await updateConversation(ctx, params.id, body))),
);
