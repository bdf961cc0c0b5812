import { deleteMessage, editMessage } from "#lib/domain/messages/change-message.ts";
import { presentMessage } from "#lib/domain/messages/present.ts";
import { getMessage } from "#lib/domain/messages/queries.ts";
import { EditMessage } from "#lib/domain/messages/schema.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

const params = idParam("message");

export const GET = route({ name: "messages/[id]", params, scope: "messages:read" }, async ({ ctx, params }) =>
  ok(await getMessage(ctx, params.id)),
);

export const PATCH = route(
  { name: "messages/[id]", params, body: EditMessage, scope: "messages:write" },
  async ({ ctx, params, body }) => ok(presentMessage(await editMessage(ctx, params.id, body))),
);

export const DELETE = route(
  { name: "messages/[id]", params, scope: "messages:write" },
  async ({ ctx, params }) => ok(presentMessage(await deleteMessage(ctx, params.id))),
);
