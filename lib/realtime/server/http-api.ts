import type { IncomingMessage, ServerResponse } from "node:http";
import { countOne } from "./counters.ts";
import { RequestError, readBody } from "./http-answer.ts";
import { publishBatch, publishEvent } from "./publish.ts";
import { getChannel, listChannels, listUsers } from "./query-channels.ts";
import type { AppScope, Settings } from "./settings.ts";
import { terminateUser } from "./sign-in.ts";
import { parseQuery, requestRefusal, splitTarget } from "./signature.ts";

/** Secrets printed in manuals and examples: whoever guesses one could publish from anywhere. */
const KNOWN_SECRETS = new Set(["secret", "app-secret", "inbox-dev-secret", "changeme", "local"]);

export type HttpApi = {
  settings: Settings;
  scopeOfKey(key: string): AppScope | undefined;
  /** False when other machines can reach the port. */
  isLoopback(): boolean;
  /** The body of `GET /healthz`, and whether the server is up. */
  health(): { up: boolean; body: object };
};

type Call = { scope: AppScope; params: ReadonlyMap<string, string>; body: Buffer; args: string[] };
type Route = { method: "GET" | "POST"; pattern: RegExp; answer: (call: Call) => object };

/** The calls of the server SDK, below `/apps/{id}`. */
const ROUTES: Route[] = [
  { method: "POST", pattern: /^\/events$/, answer: ({ scope, body }) => publishEvent(scope, body) },
  { method: "POST", pattern: /^\/batch_events$/, answer: ({ scope, body }) => publishBatch(scope, body) },
  { method: "GET", pattern: /^\/channels$/, answer: ({ scope, params }) => listChannels(scope, params) },
  {
    method: "GET",
    pattern: /^\/channels\/([^/]+)$/,
    answer: ({ scope, params, args: [name = ""] }) => getChannel(scope, name, params),
  },
  {
    method: "GET",
    pattern: /^\/channels\/([^/]+)\/users$/,
    answer: ({ scope, args: [name = ""] }) => listUsers(scope, name),
  },
  {
    method: "POST",
    pattern: /^\/users\/([^/]+)\/terminate_connections$/,
    answer: ({ scope, args: [userId = ""] }) => {
      terminateUser(scope, userId);
      return {};
    },
  },
];

/** Answers one request: the SDK's calls and `GET /healthz`. */
export async function handleRequest(
  api: HttpApi,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.url === "/healthz" && (request.method === "GET" || request.method === "HEAD")) {
      const { up, body } = api.health();
      return send(response, up ? 200 : 503, "application/json", JSON.stringify(body));
    }
    const answer = await answerApi(api, request);
    send(response, 200, "application/json", JSON.stringify(answer));
  } catch (error) {
    refuse(api.settings, request, response, error);
  }
}

async function answerApi(api: HttpApi, request: IncomingMessage): Promise<object> {
  const { path, query } = splitTarget(request.url);
  const [, appId, rest] = /^\/apps\/([^/]+)(\/.*)$/.exec(path) ?? [];
  if (appId === undefined || rest === undefined) throw new RequestError(404, "Nothing is here");
  const body = await readBody(request, api.settings.limits.requestBytes);
  const params = parseQuery(query);
  if (!params) throw new RequestError(400, "The query cannot be decoded");
  const method = request.method ?? "GET";
  const scope = authenticate(api, appId, { method, path, params, body });
  const { route, args } = findRoute(method, rest);
  return route.answer({ scope, params, body, args });
}

function authenticate(api: HttpApi, appId: string, request: Parameters<typeof requestRefusal>[1]): AppScope {
  const scope = api.scopeOfKey(request.params.get("auth_key") ?? "");
  if (!scope) throw new RequestError(401, "No app has this auth_key");
  const refusal = requestRefusal(scope.app, request, api.settings.clock.now());
  if (refusal !== null) throw new RequestError(401, refusal);
  if (scope.app.id !== appId) throw new RequestError(401, "The auth_key belongs to another app");
  if (scope.app.enabled === false) throw new RequestError(403, "The app is disabled");
  if (KNOWN_SECRETS.has(scope.app.secret) && !api.isLoopback()) {
    throw new RequestError(403, "The secret of the app is a published example: choose another one");
  }
  return scope;
}

function findRoute(method: string, path: string): { route: Route; args: string[] } {
  for (const route of ROUTES) {
    const match = route.method === method ? route.pattern.exec(path) : null;
    if (match) return { route, args: match.slice(1).map(decodeSegment) };
  }
  throw new RequestError(404, "Nothing is here");
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new RequestError(400, "The path cannot be decoded");
  }
}

function refuse(
  settings: Settings,
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
): void {
  const expected = error instanceof RequestError;
  // A sender that went away before its body was complete gets no answer and is no fault of ours.
  if (!expected && request.destroyed && !request.complete) return;
  const status = expected ? error.status : 500;
  countOne(settings.counters.requestsRefused, status);
  if (!expected) settings.logger.error({ err: error }, "realtime request failed");
  // The rest of an oversized body is not worth reading.
  if (status === 413) response.setHeader("connection", "close");
  send(response, status, "text/plain", expected ? error.message : "The server failed");
}

function send(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, {
    "content-type": `${type}; charset=utf-8`,
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
  });
  response.end(text);
}
