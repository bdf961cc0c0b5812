import { z } from "zod";

/** Text as the database can hold it: PostgreSQL takes neither NUL nor half a surrogate pair. */
export function storableText() {
  return z
    .string()
    .refine((text) => !text.includes("\u0000"), { error: "must not contain NUL characters" })
    .refine((text) => text.isWellFormed(), { error: "must not contain broken characters" });
}

type Json = string | number | boolean | null | { [name: string]: Json } | Json[];

/** What strangers wrote, as the database can hold it: no NUL, no half of a surrogate pair, only what JSON knows. */
export function storableJson(value: object): { [name: string]: Json } {
  return JSON.parse(
    JSON.stringify(value, (_name, part: unknown) => (typeof part === "string" ? withoutNul(part) : part)),
  );
}

function withoutNul(text: string): string {
  return text.replaceAll("\u0000", "").toWellFormed();
}
