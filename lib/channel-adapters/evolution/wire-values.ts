/**
 * How the gateway writes values (CONTRACT §13.1), and how to read them leniently: a field of a wrong type
 * counts as absent, unknown fields pass, so that no payload can make a reader throw.
 */
import { z } from "zod";

export type JsonObject = Record<string, unknown>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function lenient<S extends z.ZodType>(schema: S) {
  return schema.optional().catch(undefined);
}

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
export function storable(text: string): string {
  return text.replaceAll("\0", "").replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** Longer ids than this come from nobody we know and would not fit an index. */
const ID_LENGTH_MAX = 255;

export const text = z.string().transform(storable);
export const optionalText = lenient(text);
/** A text that says something; `""` counts as absent. */
export const filledText = lenient(text.refine((value) => value.trim() !== ""));
export const id = lenient(
  z
    .string()
    .max(ID_LENGTH_MAX)
    .transform(storable)
    .refine((value) => value !== ""),
);
/** A word of a small vocabulary, or the number that stands for it. */
export const wordOrNumber = lenient(z.union([z.string().max(64).transform(storable), z.number()]));
export const flag = lenient(z.boolean());
export const object = lenient(z.custom<JsonObject>(isObject));
export const list = lenient(z.array(z.unknown()));
/** Read later, by whoever needs it. */
export const anything = z.unknown().optional();

function longOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string") return /^-?\d{1,19}(\.\d+)?$/.test(value) ? Number(value) : undefined;
  if (!isObject(value) || typeof value.low !== "number") return undefined;
  return (typeof value.high === "number" ? value.high : 0) * 2 ** 32 + (value.low >>> 0);
}

/** A number in any of its three forms: plain, decimal text, `{low, high, unsigned}` (§13.1). */
export const long = lenient(z.unknown().transform(longOf).pipe(z.number().refine(Number.isFinite)));
/** Lengths of time. */
export const duration = lenient(z.unknown().transform(longOf).pipe(z.number().nonnegative()));
/** Sizes and counts. */
export const count = lenient(
  z.unknown().transform(longOf).pipe(z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER)),
);

const BYTES_MAX = 128 * 1024;

function bytesOf(value: unknown): Uint8Array | undefined {
  if (typeof value === "string") {
    return value.length > 0 && value.length <= BYTES_MAX * 2 ? Buffer.from(value, "base64") : undefined;
  }
  const values = Array.isArray(value) ? value : isObject(value) ? Object.values(value) : [];
  if (values.length === 0 || values.length > BYTES_MAX) return undefined;
  return values.every((byte) => typeof byte === "number") ? Uint8Array.from(values) : undefined;
}

/** Bytes as a map `{"0":12,…}` (webhooks) or as base64 text (records, `messages.edited`). */
export const bytes = lenient(
  z
    .unknown()
    .transform(bytesOf)
    .pipe(z.instanceof(Uint8Array).refine((value) => value.length > 0)),
);

/** Reads an object by a schema of this file; anything but an object is `undefined`. */
export function read<S extends z.ZodType>(schema: S, value: unknown): z.output<S> | undefined {
  if (!isObject(value)) return undefined;
  const result = schema.safeParse(value);
  return result.success ? result.data : undefined;
}

/** The same for lists: what is not an object is left out. */
export function readAll<S extends z.ZodType>(
  schema: S,
  values: readonly unknown[] | undefined,
): z.output<S>[] {
  return (values ?? []).flatMap((value) => read(schema, value) ?? []);
}
