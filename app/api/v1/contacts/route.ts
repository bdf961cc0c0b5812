import { listContacts } from "#lib/domain/contacts/queries.ts";
import { ListContacts } from "#lib/domain/contacts/schema.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "contacts", query: ListContacts, scope: "contacts:read" },
  async ({ ctx, query }) => ok(await listContacts(ctx, query)),
);
