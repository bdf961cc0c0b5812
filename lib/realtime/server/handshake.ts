import type { IncomingMessage } from "node:http";
import { CODES, type ErrorCode, PROTOCOL_VERSION } from "./protocol.ts";
import type { AppScope, Settings } from "./settings.ts";
import { parseQuery, splitTarget } from "./signature.ts";

/** A prefix before `/app/` is the `wsPath` of the client, which a proxy may or may not have cut. */
const SOCKET_PATH = /^(?:\/[\w.~-]+)*\/app\/([^/]+)\/?$/;
const CLIENT_VERSION = /^[\w.+-]{1,64}$/;

export type Handshake =
  | { outcome: "accepted"; scope: AppScope }
  | { outcome: "refused"; code: ErrorCode; message: string }
  /** Not a Pusher client at all: the socket is dropped without a word. */
  | { outcome: "ignored" };

/** Decides about an upgrade request. `full` is true while no further socket may come in. */
export function readHandshake(
  request: IncomingMessage,
  settings: Settings,
  scopeOfKey: (key: string) => AppScope | undefined,
  full: boolean,
): Handshake {
  const { path, query } = splitTarget(request.url);
  const key = SOCKET_PATH.exec(path)?.[1];
  if (key === undefined) return { outcome: "ignored" };

  const scope = scopeOfKey(key);
  if (!scope) return refused(CODES.appUnknown, "No app has this key");
  if (scope.app.enabled === false) return refused(CODES.appDisabled, "The app is disabled");

  const params = parseQuery(query);
  const protocol = params?.get("protocol");
  if (!protocol) return refused(CODES.protocolMissing, "The protocol version is missing");
  if (!/^\d+$/.test(protocol) || !CLIENT_VERSION.test(params?.get("version") ?? "0")) {
    return refused(CODES.versionMalformed, "The version string is not valid");
  }
  if (Number(protocol) !== PROTOCOL_VERSION) {
    return refused(CODES.protocolUnsupported, `Only protocol ${PROTOCOL_VERSION} is supported`);
  }
  if (!isAllowedOrigin(request.headers.origin, settings)) {
    return refused(CODES.unauthorized, "The origin is not allowed");
  }
  if (full) return refused(CODES.overCapacity, "The server takes no more connections now");
  return { outcome: "accepted", scope };
}

/** Only browsers send an origin, and they cannot leave it out. */
function isAllowedOrigin(origin: string | undefined, { allowedOrigins }: Settings): boolean {
  return origin === undefined || allowedOrigins === undefined || allowedOrigins.includes(origin);
}

function refused(code: ErrorCode, message: string): Handshake {
  return { outcome: "refused", code, message };
}
