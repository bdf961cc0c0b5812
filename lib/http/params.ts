import { z } from "zod";
import { idSchema } from "#lib/kernel/id-schema.ts";
import type { IdKind } from "#lib/kernel/ids.ts";

/** The `[id]` of a path. A malformed one names nothing that exists: 404. */
export function idParam<K extends IdKind>(kind: K) {
  return z.object({ id: idSchema(kind) });
}
