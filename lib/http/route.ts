import type { NextRequest } from "next/server";
import { z } from "zod";
import { limitRate } from "#lib/auth/rate-limit.ts";
import { authenticate, hasRole, type RequestAuth } from "#lib/auth/request-context.ts";
import type { Scope } from "#lib/domain/api-keys/schema.ts";
import type { Ctx, Role } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { newId } from "#lib/kernel/ids.ts";
import { logger } from "#lib/kernel/logger.ts";
import { httpRequests } from "#lib/kernel/metrics.ts";
import { readLimited } from "./body.ts";
import { withIdempotency } from "./idempotency.ts";
import { assertSameOrigin } from "./origin.ts";
import { invalidInput, problem, toAppError } from "./problem.ts";

/**
 * A route as data. `role` is the least role of a session, `scope` what an API key needs ("none": keys
 * are refused). With `idempotent`, a POST that repeats an Idempotency-Key gets the first answer.
 */
type Spec<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  name: string;
  params?: P;
  query?: Q;
  body?: B;
  role?: Role;
  scope: Scope | "any" | "none";
  idempotent?: boolean;
};

type Input<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  ctx: Ctx;
  auth: RequestAuth;
  params: z.infer<P>;
  query: z.infer<Q>;
  body: z.infer<B>;
  request: NextRequest;
};

type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

const Nothing = z.unknown();
const BODY_BYTES_MAX = 1_000_000;

/** The one way into the API: credentials, tenant, role, rate limit, input, handler, error, log line, metric. */
export function route<
  P extends z.ZodType = typeof Nothing,
  Q extends z.ZodType = typeof Nothing,
  B extends z.ZodType = typeof Nothing,
>(spec: Spec<P, Q, B>, handle: (input: Input<P, Q, B>) => Promise<Response>) {
  return observed(spec.name, async (request, context, note) => {
    const auth = await authenticate(request);
    note({ tenantId: auth.ctx.tenantId, actor: auth.ctx.actor.kind });
    if (auth.kind === "session") assertSameOrigin(request);
    assertAllowed(auth, spec);
    if (auth.kind === "api_key") await limitRate("api-key", auth.ctx.tenantId);
    const params = parse(spec.params, await context.params, "path");
    const query = parse(spec.query, Object.fromEntries(request.nextUrl.searchParams), "query");
    const { text, json } = await readBody(request, spec.body !== undefined);
    const body = parse(spec.body, json, "body");
    const answer = () => handle({ ctx: auth.ctx, auth, params, query, body, request });
    const key = spec.idempotent ? request.headers.get("idempotency-key") : null;
    return key ? withIdempotency(auth.ctx, key, `${request.nextUrl.pathname}\n${text}`, answer) : answer();
  });
}

/** A route without credentials: registration and health. */
export function publicRoute<B extends z.ZodType = typeof Nothing>(
  spec: { name: string; body?: B },
  handle: (input: { body: z.infer<B>; request: NextRequest }) => Promise<Response>,
) {
  return observed(spec.name, async (request) => {
    if (request.method !== "GET") assertSameOrigin(request);
    const { json } = await readBody(request, spec.body !== undefined);
    return handle({ body: parse(spec.body, json, "body"), request });
  });
}

/** A route with another way in than JSON and our errors' shape: answers, logs and counts like the others. */
export function plainRoute(name: string, handle: (request: NextRequest) => Promise<Response>) {
  return observed(name, handle);
}

type Note = (ids: Record<string, string>) => void;

function observed(
  name: string,
  run: (request: NextRequest, context: RouteContext, note: Note) => Promise<Response>,
) {
  return async (request: NextRequest, context: RouteContext): Promise<Response> => {
    const requestId = newId("request");
    const started = performance.now();
    const ids: Record<string, string> = {};
    let response: Response;
    let failure: AppError | undefined;
    try {
      response = await run(request, context, (more) => Object.assign(ids, more));
    } catch (error) {
      failure = toAppError(error);
      response = problem(failure, request);
    }
    response.headers.set("x-request-id", requestId);
    const ms = Math.round(performance.now() - started);
    const line = { requestId, route: name, method: request.method, status: response.status, ms, ...ids };
    if (failure?.reportable)
      logger.error({ ...line, code: failure.code, err: failure.cause ?? failure }, "request failed");
    else logger.debug({ ...line, code: failure?.code }, "request");
    httpRequests.observe({ method: request.method, route: name, status: String(response.status) }, ms / 1000);
    return response;
  };
}

function assertAllowed(auth: RequestAuth, spec: { role?: Role; scope: Scope | "any" | "none" }): void {
  if (auth.kind === "session") {
    if (spec.role && !hasRole(auth.ctx.actor, spec.role)) throw new AppError("forbidden");
    return;
  }
  if (spec.scope === "any") return;
  if (spec.scope === "none") throw new AppError("forbidden", { detail: "API keys cannot do this." });
  if (!auth.scopes.includes(spec.scope))
    throw new AppError("missing_scope", { detail: `This key lacks the scope ${spec.scope}.` });
}

function parse<S extends z.ZodType>(
  schema: S | undefined,
  value: unknown,
  where: "body" | "query" | "path",
): z.infer<S> {
  const parsed = (schema ?? Nothing).safeParse(value);
  // Without a schema S is z.ZodUnknown, and what it infers is what is returned.
  if (parsed.success) return parsed.data as z.infer<S>;
  // A malformed id names nothing that exists.
  if (where === "path") throw new AppError("not_found");
  throw invalidInput(parsed.error, where);
}

async function readBody(request: Request, wanted: boolean): Promise<{ text: string; json: unknown }> {
  if (!wanted) return { text: "", json: undefined };
  const text = await readLimited(request, BODY_BYTES_MAX);
  if (text === "") return { text, json: {} };
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) throw new AppError("unsupported_media_type");
  try {
    return { text, json: JSON.parse(text) };
  } catch (cause) {
    throw new AppError("invalid_json", { cause });
  }
}

export function ok(body: unknown): Response {
  return Response.json(body, { headers: { "cache-control": "no-store" } });
}

export function created(body: unknown): Response {
  return Response.json(body, { status: 201, headers: { "cache-control": "no-store" } });
}

export function noContent(): Response {
  return new Response(null, { status: 204 });
}
