/** The bytes of a file as base64 text, without a `data:` prefix. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  // Whole triples per part, so that the parts can be joined; small enough for one call's arguments.
  const size = 3 * 8192;
  let text = "";
  for (let at = 0; at < bytes.length; at += size) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + size)));
  }
  return text;
}
