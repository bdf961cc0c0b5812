import { ListGroups } from "#lib/domain/contacts/schema.ts";
import { listGroups } from "#lib/domain/conversations/find-groups.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "groups", query: ListGroups, scope: "conversations:read" },
  async ({ ctx, query }) => ok(await listGroups(ctx, query)),
);
