import { z } from "zod";
import { AppError } from "./errors.ts";
import type { Page } from "./page-schema.ts";
import { storableText } from "./text-schema.ts";

/** Keyset cursor of a list sorted by a time and an id: where the page before ended. */
export type Keyset = { at: Date; id: string };

/** PostgreSQL's calendar has no year 0. */
const Time = z.iso.datetime().refine((text) => !text.startsWith("0000"));
const Decoded = z.tuple([Time, storableText().max(60)]);

export function encodeCursor({ at, id }: Keyset): string {
  return Buffer.from(JSON.stringify([at.toISOString(), id])).toString("base64url");
}

export function decodeCursor(cursor: string | undefined): Keyset | null {
  if (cursor === undefined) return null;
  try {
    const [at, id] = Decoded.parse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    return { at: new Date(at), id };
  } catch (cause) {
    const field = { path: "cursor", code: "invalid_cursor", message: "is not a cursor of this list" };
    throw new AppError("invalid_input", { fields: [field], cause });
  }
}

/** `rows` were read with one more than `limit`, to know whether there is a next page. */
export function pageOf<R, V>(
  rows: R[],
  limit: number,
  keyset: (row: R) => Keyset,
  present: (row: R) => V,
): Page<V> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { data: shown.map(present), next: rows.length > limit && last ? encodeCursor(keyset(last)) : null };
}

/**
 * Prisma's condition for "after this keyset" in a list sorted newest first. The outer bound is what
 * lets the index start in the right place; the OR alone would be a filter over everything newer.
 */
export function olderThan<T extends string>(column: T, after: Keyset | null) {
  if (!after) return {};
  return { [column]: { lte: after.at }, OR: [{ [column]: { lt: after.at } }, { id: { lt: after.id } }] };
}
