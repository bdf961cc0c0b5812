/** HTTP to the gateway: one call in, parsed JSON out, every failure an AppError (CONTRACT §2, §3). */
import type { ChannelAccess } from "#lib/channel-adapters/contract.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { answerError, isMetaError, isRefusal, lostAnswerError, type Operation } from "./errors.ts";

export type EvolutionAccess = Extract<ChannelAccess, { kind: "evolution" }>;

export type Call = {
  method: "GET" | "POST" | "DELETE";
  /** Without the instance, which is always the last part: `message/sendText`. */
  path: string;
  /** False for the two calls that have no instance in the path. */
  perInstance?: boolean;
  query?: Record<string, string>;
  body?: unknown;
  operation?: Operation;
  timeoutMs?: number;
  answerBytesMax?: number;
};

const MEGABYTE = 1024 * 1024;
const DEFAULT_TIMEOUT_MS = 20_000;
const DEFAULT_ANSWER_BYTES_MAX = 16 * MEGABYTE;

export function evolutionAccess(access: ChannelAccess): EvolutionAccess {
  if (access.kind !== "evolution") throw new Error(`the evolution adapter was given ${access.kind} access`);
  return access;
}

/** Answers the parsed body of a call that succeeded. */
export async function callGateway(access: EvolutionAccess, call: Call): Promise<unknown> {
  const operation = call.operation ?? "other";
  const { status, text } = await exchange(access, call, operation);
  const body = parseJson(text);
  if (status < 200 || status > 299) throw answerError({ operation, status, body });
  if (isRefusal(body) || isMetaError(body)) throw answerError({ operation, status, body });
  return body;
}

async function exchange(access: EvolutionAccess, call: Call, operation: Operation) {
  const url = callUrl(access, call);
  try {
    const response = await fetch(url, {
      method: call.method,
      headers: {
        apikey: access.globalKey,
        ...(call.body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      // A redirect would carry the key to wherever it points.
      redirect: "manual",
      signal: AbortSignal.timeout(call.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    });
    return { status: response.status, text: await readText(response, call.answerBytesMax) };
  } catch (error) {
    throw lostAnswerError(operation, error);
  }
}

/**
 * Instance names are encoded, and never stand in a query that somebody else fills: `?instanceName=` would
 * override the path after the key check (rule 12).
 */
function callUrl(access: EvolutionAccess, call: Call): URL {
  const name = access.instanceName;
  if (name === "" || name === "." || name === "..") {
    throw new AppError("invalid_input", { detail: "not a name for an instance" });
  }
  const base = access.baseUrl.replace(/\/+$/, "");
  const path = call.perInstance === false ? call.path : `${call.path}/${encodeURIComponent(name)}`;
  if (!URL.canParse(`${base}/${path}`)) {
    throw new AppError("gateway_unreachable", { detail: "the gateway's address is not a URL" });
  }
  const url = new URL(`${base}/${path}`);
  for (const [parameter, value] of Object.entries(call.query ?? {})) url.searchParams.set(parameter, value);
  return url;
}

async function readText(response: Response, bytesMax = DEFAULT_ANSWER_BYTES_MAX): Promise<string> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > bytesMax) throw new Error(`the answer is larger than ${bytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
