import { presentMessage } from "#lib/domain/messages/present.ts";
import { listMessages } from "#lib/domain/messages/queries.ts";
import { SendMessage } from "#lib/domain/messages/schema.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { idParam } from "#lib/http/params.ts";
import { created, ok, route } from "#lib/http/route.ts";
import { PageQuery } from "#lib/kernel/page-schema.ts";

const params = idParam("conversation");

export const GET = route(
  { name: "conversations/[id]/messages", params, query: PageQuery, scope: "messages:read" },
  async ({ ctx, params, query }) => ok(await listMessages(ctx, params.id, query)),
);

export const POST = route(
  {
    name: "conversations/[id]/messages",
    params,
    body: SendMessage,
    scope: "messages:write",
    idempotent: true,
  },
  async ({ ctx, params, body }) => created(presentMessage(await sendMessage(ctx, params.id, body))),
);
