import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { RealtimeApp } from "./settings.ts";

/** Pusher's signatures (library auth reference): HMAC-SHA256 in hex over texts both sides can build. */
const CLOCK_SKEW_S = 600;

function hmac(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

function equalInConstantTime(given: string, expected: string): boolean {
  const left = Buffer.from(given);
  const right = Buffer.from(expected);
  return left.length === right.length && timingSafeEqual(left, right);
}

/** A token is `{key}:{signature}`. */
function isTokenOf(app: RealtimeApp, token: string, text: string): boolean {
  return equalInConstantTime(token, `${app.key}:${hmac(app.secret, text)}`);
}

/** `channelData` is signed exactly as it is sent: it must not be parsed and written again. */
export function mayJoin(
  app: RealtimeApp,
  proof: { socketId: string; channel: string; auth: string; channelData?: string | undefined },
): boolean {
  const suffix = proof.channelData === undefined ? "" : `:${proof.channelData}`;
  return isTokenOf(app, proof.auth, `${proof.socketId}:${proof.channel}${suffix}`);
}

export function maySignIn(
  app: RealtimeApp,
  proof: { socketId: string; auth: string; userData: string },
): boolean {
  return isTokenOf(app, proof.auth, `${proof.socketId}::user::${proof.userData}`);
}

export type SignedRequest = {
  method: string;
  /** As requested: without host and query, and not decoded. */
  path: string;
  params: ReadonlyMap<string, string>;
  body: Buffer;
};

/** Path and query of a request line, both as they came. */
export function splitTarget(target = ""): { path: string; query: string } {
  const mark = target.indexOf("?");
  return mark < 0
    ? { path: target, query: "" }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

/**
 * The query of a request with its values decoded. By hand, because the SDK signs a `+` as a plus while
 * URLSearchParams would read a space. Null when it cannot be decoded.
 */
export function parseQuery(query: string): Map<string, string> | null {
  const params = new Map<string, string>();
  try {
    for (const pair of query.split("&")) {
      if (pair === "") continue;
      const [name = "", ...rest] = pair.split("=");
      params.set(decodeURIComponent(name).toLowerCase(), decodeURIComponent(rest.join("=")));
    }
  } catch {
    return null;
  }
  return params;
}

/** Why a request is not believed, or null when it is. Its key was matched to the app before. */
export function requestRefusal(app: RealtimeApp, request: SignedRequest, nowMs: number): string | null {
  const { params, body } = request;
  if (params.get("auth_version") !== "1.0") return "auth_version must be 1.0";
  const timestamp = params.get("auth_timestamp") ?? "";
  if (!/^\d{1,12}$/.test(timestamp)) return "auth_timestamp must be in seconds since 1970";
  if (Math.abs(Math.floor(nowMs / 1000) - Number(timestamp)) > CLOCK_SKEW_S) {
    return `auth_timestamp is more than ${CLOCK_SKEW_S} s away from the time of the server`;
  }
  // A body without a digest would not be covered by the signature.
  if (body.length > 0 || params.has("body_md5")) {
    const digest = createHash("md5").update(body).digest("hex");
    if (!equalInConstantTime(params.get("body_md5") ?? "", digest)) return "body_md5 does not match the body";
  }
  const signature = params.get("auth_signature") ?? "";
  return equalInConstantTime(signature, requestSignature(app.secret, request))
    ? null
    : "auth_signature is wrong";
}

function requestSignature(secret: string, { method, path, params }: SignedRequest): string {
  const query = [...params]
    .filter(([name]) => name !== "auth_signature")
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  return hmac(secret, `${method.toUpperCase()}\n${path}\n${query}`);
}
