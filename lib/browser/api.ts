import { AppError, type ErrorCode, type FieldError, isErrorCode } from "#lib/kernel/errors.ts";
import type { TenantId } from "#lib/kernel/ids.ts";

/**
 * The public API as the browser speaks it. Every failure is an AppError: the server's own code, or
 * `server_unreachable` when no answer came. A request that its caller aborted rejects with the
 * caller's own reason, so that the query cache can tell it apart.
 */
export type Api = {
  get<T>(path: string, options?: RequestOptions): Promise<T>;
  post<T = void>(path: string, body?: unknown, options?: RequestOptions): Promise<T>;
  patch<T>(path: string, body: unknown, options?: RequestOptions): Promise<T>;
  delete<T = void>(path: string, options?: RequestOptions): Promise<T>;
};

export type RequestOptions = {
  query?: Record<string, string | number | null | undefined>;
  signal?: AbortSignal;
  /** Repeats of a creating POST under one key are one creation. */
  idempotencyKey?: string;
};

const TIMEOUT_MS = 30_000;

/** `tenantId` is null before there is a workspace (registration). */
export function createApi(tenantId: TenantId | null): Api {
  const call = <T>(method: string, path: string, body: unknown, options: RequestOptions = {}) =>
    request<T>(tenantId, method, path, body, options);
  return {
    get: (path, options) => call("GET", path, undefined, options),
    post: (path, body, options) => call("POST", path, body ?? {}, options),
    patch: (path, body, options) => call("PATCH", path, body, options),
    delete: (path, options) => call("DELETE", path, undefined, options),
  };
}

async function request<T>(
  tenantId: TenantId | null,
  method: string,
  path: string,
  body: unknown,
  { query, signal, idempotencyKey }: RequestOptions,
): Promise<T> {
  const headers = new Headers({ accept: "application/json" });
  if (body !== undefined) headers.set("content-type", "application/json");
  if (tenantId) headers.set("x-recado-tenant", tenantId);
  if (idempotencyKey) headers.set("idempotency-key", idempotencyKey);
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  let response: Response;
  let answer: unknown;
  try {
    response = await fetch(withQuery(`/api/v1${path}`, query), {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    answer = await readJson(response);
  } catch (cause) {
    signal?.throwIfAborted();
    throw new AppError("server_unreachable", { cause });
  }
  if (!response.ok) throw errorFrom(response, answer);
  // Our own server, built from the same types: parsing every answer again would only cost time.
  return answer as T;
}

function withQuery(path: string, query: RequestOptions["query"]): string {
  const given = Object.entries(query ?? {}).flatMap(([name, value]): [string, string][] =>
    value === null || value === undefined || value === "" ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`;
}

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (response.ok) throw cause;
    // A proxy's error page: the status has to say it all.
    return undefined;
  }
}

/** A problem+json answer (RFC 9457) as the error it was on the server. */
export function errorFrom(response: Pick<Response, "status" | "headers">, answer: unknown): AppError {
  const problem = isRecord(answer) ? answer : {};
  const code = isErrorCode(problem.code) ? problem.code : codeOfStatus(response.status);
  const seconds = Number(response.headers.get("retry-after") ?? problem.retryAfter);
  return new AppError(code, {
    ...(typeof problem.detail === "string" && { detail: problem.detail }),
    fields: Array.isArray(problem.errors) ? problem.errors.filter(isFieldError) : [],
    ...(Number.isFinite(seconds) && seconds > 0 && { retryAfterS: seconds }),
  });
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401) return "unauthenticated";
  if (status === 403) return "forbidden";
  if (status === 404) return "not_found";
  if (status === 413) return "payload_too_large";
  if (status === 429) return "rate_limited";
  return status === 502 || status === 503 || status === 504 ? "server_unreachable" : "internal";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isFieldError(value: unknown): value is FieldError {
  return (
    isRecord(value) &&
    typeof value.path === "string" &&
    typeof value.code === "string" &&
    typeof value.message === "string"
  );
}

/** What a catch clause got, as one of our errors; anything else is a bug of ours and shows as such. */
export function asAppError(error: unknown): AppError {
  return error instanceof AppError ? error : new AppError("internal", { cause: error });
}
