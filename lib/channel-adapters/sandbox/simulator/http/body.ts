import type { IncomingMessage } from "node:http";
import { isObject, type JsonObject } from "../json.ts";
import { GatewayError, type GatewayRequest } from "./replies.ts";

const BODY_MAX_BYTES = 136 * 1024 * 1024;

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    size += part.length;
    if (size > BODY_MAX_BYTES)
      throw new GatewayError(413, "request entity too large", "Internal Server Error");
    parts.push(part);
  }
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

type Body = Pick<GatewayRequest, "body" | "file">;

function parseObject(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new GatewayError(400, reason.replace(/ \(line \d+ column \d+\)$/, ""), "Internal Server Error");
  }
}

/** Form fields are texts, so numbers among them break the rules (`delay` cannot be used with a form). */
async function parseForm(bytes: Buffer, contentType: string): Promise<Body> {
  const copy = new Uint8Array(bytes);
  const form = await new Response(copy, { headers: { "content-type": contentType } }).formData();
  const body: JsonObject = {};
  let file: GatewayRequest["file"] = null;
  for (const [name, value] of form) {
    if (typeof value === "string") body[name] = value;
    else
      file = { bytes: new Uint8Array(await value.arrayBuffer()), fileName: value.name, mimeType: value.type };
  }
  return { body, file };
}

export async function readBody(request: IncomingMessage): Promise<Body> {
  const bytes = await readAll(request);
  const contentType = request.headers["content-type"] ?? "";
  if (bytes.length === 0) return { body: {}, file: null };
  if (contentType.startsWith("multipart/form-data")) return await parseForm(bytes, contentType);
  return { body: parseObject(bytes.toString("utf8")), file: null };
}
