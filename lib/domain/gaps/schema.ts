import { z } from "zod";
import { idSchema, Moment } from "#lib/kernel/id-schema.ts";

/**
 * `record_lost`: the connection was made anew, and the gateway's record begins only then. `not_asked`:
 * the gateway could not tell what came in while the number was away; it is asked again.
 */
export const GAP_REASONS = ["record_lost", "not_asked"] as const;
export type GapReason = (typeof GAP_REASONS)[number];

/** A stretch of a conversation in which messages may be missing. */
export const GapView = z.object({
  id: idSchema("gap"),
  conversationId: idSchema("conversation"),
  from: Moment,
  to: Moment,
  reason: z.enum(GAP_REASONS),
});
export type GapView = z.infer<typeof GapView>;
