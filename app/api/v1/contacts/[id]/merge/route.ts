import { mergeByHand } from "#lib/domain/contacts/merge-contacts.ts";
import { presentMerge } from "#lib/domain/contacts/present.ts";
import { MergeContact } from "#lib/domain/contacts/schema.ts";
import { idParam } from "#lib/http/params.ts";
import { created, route } from "#lib/http/route.ts";

export const POST = route(
  {
    name: "contacts/[id]/merge",
    params: idParam("contact"),
    body: MergeContact,
    scope: "contacts:write",
    idempotent: true,
  },
  async ({ ctx, params, body }) => created(presentMerge(await mergeByHand(ctx, params.id, body.contactId))),
);
