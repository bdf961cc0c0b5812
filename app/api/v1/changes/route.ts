import { z } from "zod";
import { listChanges } from "#lib/domain/events/queries.ts";
import { ok, route } from "#lib/http/route.ts";

const query = z.strictObject({ after: z.coerce.number().int().min(0).optional() });

export const GET = route({ name: "changes", query, scope: "conversations:read" }, async ({ ctx, query }) =>
  ok(await listChanges(ctx, query.after)),
);
