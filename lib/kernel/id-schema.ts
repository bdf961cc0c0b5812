import { z } from "zod";
import { type Id, type IdKind, idPrefix, isId } from "./ids.ts";

/** A well-formed id of this kind; whether it exists, and whose it is, the domain finds out. */
export function idSchema<K extends IdKind>(kind: K) {
  return z
    .custom<Id<K>>((value) => isId(kind, value), { error: `must be an id of kind ${kind}` })
    .meta({ override: { type: "string", examples: [`${idPrefix(kind)}_01k9zq3v8yf2c9g4m5n6p7r8st`] } });
}

/** A moment as the API writes it: ISO 8601 in UTC. */
export const Moment = z.string().meta({ format: "date-time" });
