import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "#lib/kernel/errors.ts";
import { logger } from "#lib/kernel/logger.ts";
import { receiveWebhook, WEBHOOK_BYTES_MAX } from "./webhook-route.ts";

const ADDRESS = /^\/api\/webhooks\/(?<kind>evolution|cloud)\/(?<channelId>\w+)$/;

/**
 * Answers a webhook straight from the socket; false when the request is none. Next's own way from the
 * socket to the same route handler and back costs several times what the handler does, and a gateway
 * that catches up posts hundreds in a second.
 */
export function answerWebhook(request: IncomingMessage, response: ServerResponse): boolean {
  const { kind, channelId } = ADDRESS.exec(request.url ?? "")?.groups ?? {};
  if (request.method !== "POST" || kind !== "evolution" || channelId === undefined) return false;
  receiveWebhook(kind, channelId, { headers: headersOf(request), readBody: () => readBody(request) })
    .then((answer) => send(answer, response))
    // The caller went away in the middle.
    .catch((error: unknown) => {
      logger.debug({ err: error }, "webhook broken off");
      response.destroy();
    });
  return true;
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === "string") headers.set(name, value);
  return headers;
}

/** The body as text, never more of it in memory than allowed. */
function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    if (Number(request.headers["content-length"] ?? 0) > WEBHOOK_BYTES_MAX)
      throw new AppError("payload_too_large");
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > WEBHOOK_BYTES_MAX) reject(new AppError("payload_too_large"));
      else chunks.push(chunk);
    });
    request.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.once("error", reject);
  });
}

async function send(answer: Response, response: ServerResponse): Promise<void> {
  response.statusCode = answer.status;
  response.setHeaders(answer.headers);
  response.end(answer.body ? await answer.text() : undefined);
}
