import { presentContact } from "#lib/domain/contacts/present.ts";
import { getContact } from "#lib/domain/contacts/queries.ts";
import { UpdateContact } from "#lib/domain/contacts/schema.ts";
import { updateContact } from "#lib/domain/contacts/update-contact.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

const params = idParam("contact");

export const GET = route({ name: "contacts/[id]", params, scope: "contacts:read" }, async ({ ctx, params }) =>
  ok(await getContact(ctx, params.id)),
);

export const PATCH = route(
  { name: "contacts/[id]", params, body: UpdateContact, scope: "contacts:write" },
  async ({ ctx, params, body }) => ok(presentContact(await updateContact(ctx, params.id, body))),
);
