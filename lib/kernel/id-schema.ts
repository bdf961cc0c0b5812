import { z } from "zod";
import { type Id, type IdKind, isId } from "./ids.ts";

/** A well-formed id of this kind; whether it exists, and whose it is, the domain finds out. */
export function idSchema<K extends IdKind>(kind: K) {
  return z.custom<Id<K>>((value) => isId(kind, value), { error: `must be an id of kind ${kind}` });
}
