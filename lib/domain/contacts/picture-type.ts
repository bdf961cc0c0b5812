/** What a picture really is, by its first bytes; null for anything a browser should not show as one. */
export function pictureTypeOf(bytes: Uint8Array, { drawn }: { drawn: boolean }): string | null {
  const head = Buffer.from(bytes.subarray(0, 16));
  if (head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return "image/jpeg";
  if (head.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])))
    return "image/png";
  if (head.toString("latin1", 0, 4) === "RIFF" && head.toString("latin1", 8, 12) === "WEBP")
    return "image/webp";
  // Drawings can carry scripts: only those of our own practice gateway.
  if (drawn && head.toString("latin1", 0, 4) === "<svg") return "image/svg+xml";
  return null;
}
