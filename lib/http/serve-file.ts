import type { ServedFile } from "#lib/domain/media/open-media.ts";
import { readRange } from "./byte-range.ts";
import { contentDisposition } from "./content-disposition.ts";

/** An hour: what lies under an id does not change, but who may see it does. */
const CACHE = "private, max-age=3600";

/** A file opened by itself in a tab may show itself and do nothing else. */
const POLICY =
  "default-src 'none'; img-src 'self' data:; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/**
 * Answers with a file: whole, in one range, or only its headers; 304 when the browser has it. `save`:
 * to be saved even where it could be shown.
 */
export async function serveFile(
  request: Request,
  file: ServedFile,
  options: { save?: boolean } = {},
): Promise<Response> {
  const etag = `"${file.hash.slice(0, 32)}"`;
  const headers = new Headers({
    etag,
    "cache-control": CACHE,
    vary: "cookie, authorization",
    "content-type": file.contentType,
    "content-disposition": contentDisposition(
      file.shown && !options.save ? "inline" : "attachment",
      file.name,
    ),
    "content-security-policy": POLICY,
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
  });
  if (matches(request.headers.get("if-none-match"), etag))
    return new Response(null, { status: 304, headers });
  const { sizeBytes } = file;
  if (sizeBytes === null) return whole(request, file, headers);
  headers.set("accept-ranges", "bytes");
  const range = isCurrent(request, etag) ? readRange(request.headers.get("range"), sizeBytes) : null;
  if (range === "unsatisfiable") {
    headers.set("content-range", `bytes */${sizeBytes}`);
    return new Response(null, { status: 416, headers });
  }
  if (range === null) {
    headers.set("content-length", String(sizeBytes));
    return whole(request, file, headers);
  }
  headers.set("content-range", `bytes ${range.first}-${range.last}/${sizeBytes}`);
  headers.set("content-length", String(range.last - range.first + 1));
  const body = request.method === "HEAD" ? null : await file.open(range);
  return new Response(body, { status: 206, headers });
}

async function whole(request: Request, file: ServedFile, headers: Headers): Promise<Response> {
  return new Response(request.method === "HEAD" ? null : await file.open(), { headers });
}

function matches(header: string | null, etag: string): boolean {
  const known = header?.split(",").map((one) => one.trim().replace(/^W\//, "")) ?? [];
  return known.includes(etag) || known.includes("*");
}

/** A range of what the browser has part of already counts only for the very same file. We give no dates. */
function isCurrent(request: Request, etag: string): boolean {
  const condition = request.headers.get("if-range");
  return condition === null || condition.trim() === etag;
}
