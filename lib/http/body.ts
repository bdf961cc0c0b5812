import { AppError } from "#lib/kernel/errors.ts";

/**
 * The body as text, never more of it in memory than allowed. With a length header the HTTP server has
 * already seen to it that no more comes; without one the bytes are counted as they arrive.
 */
export async function readLimited(request: Request, bytesMax: number): Promise<string> {
  const length = request.headers.get("content-length");
  if (Number(length ?? 0) > bytesMax) throw new AppError("payload_too_large");
  if (length !== null || !request.body) return request.text();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    // Leaving the loop cancels the stream: what is left is not read.
    if (size > bytesMax) throw new AppError("payload_too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
