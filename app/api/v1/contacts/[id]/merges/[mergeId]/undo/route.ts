import { presentContact } from "#lib/domain/contacts/present.ts";
import { unmergeContacts } from "#lib/domain/contacts/unmerge-contacts.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";
import { idSchema } from "#lib/kernel/id-schema.ts";

const params = idParam("contact").extend({ mergeId: idSchema("merge") });

export const POST = route(
  { name: "contacts/[id]/merges/[mergeId]/undo", params, scope: "contacts:write" },
  async ({ ctx, params }) => ok(presentContact(await unmergeContacts(ctx, params.id, params.mergeId))),
);
