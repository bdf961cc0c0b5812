import type { IncomingMessage } from "node:http";
import type { JsonObject } from "../json.ts";

/** `body` is printed as JSON, bytes are sent as they are. */
export type Reply = { status: number; body: unknown; headers?: Record<string, string> };

const STATUS_WORDS: Record<number, string> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  500: "Internal Server Error",
};

/** A refusal in the gateway's own shape (evolution CONTRACT section 3). */
export class GatewayError extends Error {
  readonly reply: Reply;

  constructor(status: number, message: unknown, error: string = STATUS_WORDS[status] ?? "Error") {
    super(`${status} ${error}`);
    this.reply = { status, body: { status, error, response: { message } } };
  }
}

/** A refusal whose body has another shape than the usual one. */
export class BareError extends GatewayError {
  override readonly reply: Reply;

  constructor(status: number, body: unknown) {
    super(status, null);
    this.reply = { status, body };
  }
}

/** Thrown where the gateway falls silent and the connection is cut. */
export class CutConnection extends Error {}

export type GatewayRequest = {
  method: string;
  path: string;
  query: URLSearchParams;
  /** Parsed JSON, the fields of a form, or an empty object. */
  body: JsonObject;
  /** The file part of a form. */
  file: { bytes: Uint8Array; fileName: string; mimeType: string } | null;
  apiKey: string | undefined;
  raw: IncomingMessage;
};

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
