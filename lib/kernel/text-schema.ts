import { z } from "zod";

/** Text as the database can hold it: PostgreSQL takes neither NUL nor half a surrogate pair. */
export function storableText() {
  return z
    .string()
    .refine((text) => !text.includes("\u0000"), { error: "must not contain NUL characters" })
    .refine((text) => text.isWellFormed(), { error: "must not contain broken characters" });
}
