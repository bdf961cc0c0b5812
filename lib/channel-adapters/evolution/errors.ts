/**
 * The one table from the gateway's answers to our error codes (CONTRACT §3). The gateway's own words can
 * hold file paths and database text: they go into `cause` for the log, never into `detail`.
 */
import { AppError, type ErrorCode } from "#lib/kernel/errors.ts";
import { isObject } from "./wire-values.ts";

/**
 * What was asked decides what an answer means: a refused send is not a refused setting.
 * `change` is an edit or a deletion: worded like a send, but safe to repeat.
 */
export type Operation = "send" | "change" | "media" | "numbers" | "other";

export type Answer = {
  operation: Operation;
  status: number;
  /** Parsed JSON; undefined when the body is something else, a proxy's error page for example. */
  body: unknown;
};

type Rule = {
  code: ErrorCode;
  detail: string;
  operations?: Operation[];
  status?: (status: number) => boolean;
  /** Searched in the answer's own words. */
  words?: RegExp;
  /** A property of the body as a whole. */
  body?: (body: unknown) => boolean;
};

const server = (status: number) => status >= 500;

/** First match wins. */
const RULES: Rule[] = [
  { code: "gateway_rejected_key", detail: "the gateway does not accept our key", status: (s) => s === 401 },
  {
    code: "gateway_instance_missing",
    detail: "the gateway does not know this instance",
    status: (s) => s === 404,
    words: /instance.*(does not exist|not found)/is,
  },
  {
    code: "gateway_name_taken",
    detail: "the instance's name is in use",
    status: (s) => s === 403,
    words: /already in use/,
  },
  { code: "payload_too_large", detail: "larger than the gateway takes", status: (s) => s === 413 },
  { code: "rate_limited", detail: "something before the gateway limits our calls", status: (s) => s === 429 },
  {
    code: "recipient_not_on_whatsapp",
    detail: "the number is not on WhatsApp",
    body: (body) => messageParts(body).some((part) => isObject(part) && part.exists === false),
  },
  {
    // It left and was not saved: neither the id nor the gateway's record can tell which message it is.
    code: "sent_unrecorded",
    detail: "sent, but the gateway could not save it",
    operations: ["send"],
    words: /prisma|raw query/i,
  },
  {
    code: "send_outcome_unknown",
    detail: "no answer of the gateway itself",
    operations: ["send"],
    status: server,
    body: (body) => !isGatewayError(body),
  },
  {
    code: "recipient_invalid",
    detail: "WhatsApp does not know this group",
    operations: ["send", "change"],
    status: (s) => s === 400,
    words: /^\[object Object\]$/,
  },
  { code: "channel_disconnected", detail: "not paired", words: /reading '(id|name)'\)/ },
  { code: "channel_busy", detail: "the connection to WhatsApp is down", words: /connection closed/i },
  {
    code: "channel_busy",
    detail: "the connection to WhatsApp is being opened again",
    operations: ["send", "change"],
    words: /^internal server error$/i,
  },
  { code: "gateway_timeout", detail: "WhatsApp did not answer the gateway", words: /reading 'find'\)/ },
  {
    code: "gateway_timeout",
    detail: "WhatsApp did not answer the gateway",
    operations: ["numbers"],
    status: (s) => s === 400,
    body: (body) => isObject(body) && Object.keys(body).length === 0,
  },
  {
    code: "media_unavailable",
    detail: "the file could not be transferred",
    operations: ["send", "media"],
    words: /failed to fetch stream|axioserror|media upload failed/i,
  },
  { code: "media_rejected", detail: "not an image that can be read", words: /unsupported image format/i },
  {
    code: "not_found",
    detail: "the gateway has no such message",
    operations: ["media"],
    words: /not found/i,
  },
  { code: "media_rejected", detail: "the message has no file", operations: ["media"], words: /media type/i },
  {
    code: "message_refused",
    detail: "refused as we sent it",
    operations: ["send", "change"],
    status: (s) => s === 400 || s < 300,
  },
  { code: "gateway_failed", detail: "the gateway failed", status: server },
  { code: "gateway_refused", detail: "the gateway refused the call", status: () => true },
];

export function answerError(answer: Answer): AppError {
  const words = answerWords(answer.body);
  const rule = RULES.find(
    (candidate) =>
      (!candidate.operations || candidate.operations.includes(answer.operation)) &&
      (!candidate.status || candidate.status(answer.status)) &&
      (!candidate.words || words.some((text) => candidate.words?.test(text))) &&
      (!candidate.body || candidate.body(answer.body)),
  );
  const said = words.join("; ").slice(0, 300);
  return new AppError(rule?.code ?? "gateway_failed", {
    detail: rule?.detail ?? "the gateway failed",
    cause: new Error(`status ${answer.status}${said ? `: ${said}` : ""}`),
  });
}

/** What stands between us and the gateway answers in other shapes, and cannot know what became of a call. */
function isGatewayError(body: unknown): boolean {
  return isObject(body) && (typeof body.error === "string" || isObject(body.response));
}

/** 200 and 201 are no proof of success (rule 1). */
export function isRefusal(body: unknown): boolean {
  return isObject(body) && body.error === true;
}

/** Meta's error object, which a Cloud number behind the gateway answers with 201 (§16). */
export function isMetaError(body: unknown): boolean {
  return isObject(body) && typeof body.code === "number" && typeof body.type === "string" && !("key" in body);
}

/** Message parts in all their places: string, array, array in array, objects among them. */
function messageParts(body: unknown): unknown[] {
  if (!isObject(body)) return [];
  const message = isObject(body.response) ? body.response.message : body.message;
  return Array.isArray(message) ? message.flat(2).slice(0, 20) : [message];
}

function answerWords(body: unknown): string[] {
  return messageParts(body).flatMap((part) => {
    if (typeof part === "string") return part.slice(0, 2000);
    return isObject(part) && Array.isArray(part.message) ? part.message.filter(isText) : [];
  });
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Failures from before a connection stood: surely nothing left. */
const NEVER_CONNECTED = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
  "ERR_INVALID_URL",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
]);

/** A call without an answer: refused at the door, timed out, or cut off in the middle. */
export function lostAnswerError(operation: Operation, error: unknown): AppError {
  const code = networkCode(error);
  if (code !== undefined && NEVER_CONNECTED.has(code)) {
    return new AppError("gateway_unreachable", { detail: `no connection (${code})`, cause: error });
  }
  const timedOut = error instanceof Error && error.name === "TimeoutError";
  // The gateway goes on although we hung up (§3).
  if (operation === "send") {
    return new AppError("send_outcome_unknown", {
      detail: timedOut ? "no answer in time" : "the answer was lost",
      cause: error,
    });
  }
  return timedOut
    ? new AppError("gateway_timeout", { detail: "no answer in time", cause: error })
    : new AppError("gateway_unreachable", { detail: "the connection was cut", cause: error });
}

function networkCode(error: unknown): string | undefined {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; depth++) {
    if ("code" in current && typeof current.code === "string") return current.code;
    const inner = current instanceof AggregateError ? current.errors[0] : current.cause;
    current = inner;
  }
  return undefined;
}
