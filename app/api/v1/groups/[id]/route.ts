import { UpdateGroup } from "#lib/domain/contacts/schema.ts";
import { presentConversation } from "#lib/domain/conversations/present.ts";
import { allowGroup } from "#lib/domain/conversations/set-allowed.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const PATCH = route(
  {
    name: "groups/[id]",
    params: idParam("conversation"),
    body: UpdateGroup,
    role: "admin",
    scope: "conversations:write",
  },
  async ({ ctx, params, body }) => ok(presentConversation(await allowGroup(ctx, params.id, body))),
);
