import { markRead } from "#lib/domain/conversations/mark-read.ts";
import { presentConversation } from "#lib/domain/conversations/present.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "conversations/[id]/read", params: idParam("conversation"), scope: "conversations:write" },
  async ({ ctx, params }) => ok(presentConversation(await markRead(ctx, params.id))),
);
