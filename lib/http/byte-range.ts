import type { ByteRange } from "#lib/storage/file-store.ts";

/**
 * The one range a request asks for (RFC 9110 section 14). `null`: none, or none that we serve (several at once, another
 * unit, not well-formed), which is answered with the whole.
 */
export function readRange(header: string | null, sizeBytes: number): ByteRange | "unsatisfiable" | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "");
  if (!match) return null;
  const [from, to] = [match[1] ?? "", match[2] ?? ""];
  if (from === "" && to === "") return null;
  if (from === "") {
    const length = Math.min(Number(to), sizeBytes);
    return length === 0 ? "unsatisfiable" : { first: sizeBytes - length, last: sizeBytes - 1 };
  }
  const first = Number(from);
  const last = to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1);
  if (to !== "" && Number(to) < first) return null;
  return first >= sizeBytes ? "unsatisfiable" : { first, last };
}
