import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { z } from "zod";
import { readBody } from "../http/body.ts";
import { GatewayError, type GatewayRequest, type Reply } from "../http/replies.ts";
import { digitsOf, whatsappPhone } from "../messages/addresses.ts";
import type { Simulator } from "../simulator.ts";
import type { Instance } from "../store/instances.ts";
import { CONTROL_ROUTES } from "./control-routes.ts";
import { ControlRefusal } from "./refusal.ts";

export type ControlCall = {
  sim: Simulator;
  params: string[];
  query: URLSearchParams;
  parse: <S extends z.ZodType>(schema: S) => z.output<S>;
  instance: (name: string | undefined) => Instance;
  /** The instance and its own number; refuses while it never had one. */
  business: (name: string | undefined) => { instance: Instance; business: string };
  phone: (text: string | undefined) => string;
};

export function isControlPath(path: string): boolean {
  return path === "/sandbox" || path.startsWith("/sandbox/");
}

function isLoopback(host: string | undefined): boolean {
  return host !== undefined && /^(127(\.\d+){3}|::1|::ffff:127(\.\d+){3}|localhost|\[::1\])$/.test(host);
}

function sameText(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/**
 * Who may play the other side: with a token whoever knows it, without one this machine only. Names in `Host` and
 * `Origin` are checked too, since any web page may make a browser call a loopback address.
 */
function requireControl(sim: Simulator, raw: IncomingMessage): void {
  const token = raw.headers["x-sandbox-token"];
  if (sim.controlToken !== null) {
    if (typeof token === "string" && sameText(token, sim.controlToken)) return;
    throw new ControlRefusal(401, "unauthorized", "The header x-sandbox-token is missing or wrong.");
  }
  const host = (raw.headers.host ?? "").replace(/:\d+$/, "");
  const origin = raw.headers.origin;
  const originHost = origin && URL.canParse(origin) ? new URL(origin).hostname : origin;
  if (
    !isLoopback(raw.socket.remoteAddress) ||
    !isLoopback(host) ||
    (origin !== undefined && !isLoopback(originHost))
  )
    throw new ControlRefusal(
      403,
      "forbidden",
      "The control API answers this machine only, unless a control token is set.",
    );
}

function callOf(
  sim: Simulator,
  params: string[],
  request: { query: URLSearchParams; body: unknown },
): ControlCall {
  const instance = (name: string | undefined): Instance => {
    const found = sim.instances.get(name ?? "");
    if (!found) throw new ControlRefusal(404, "instance_not_found", `There is no instance "${name}".`);
    return found;
  };
  return {
    sim,
    params,
    query: request.query,
    instance,
    business: (name) => {
      const found = instance(name);
      if (!found.ownerPhone)
        throw new ControlRefusal(409, "not_paired", "Scan the QR code of this instance first.");
      return { instance: found, business: found.ownerPhone };
    },
    phone: (text) => {
      const digits = digitsOf(text ?? "");
      if (digits.length < 4 || digits.length > 20)
        throw new ControlRefusal(400, "invalid_input", "A phone is written in digits.");
      return whatsappPhone(digits);
    },
    parse: (schema) => {
      const parsed = schema.safeParse(request.body);
      if (parsed.success) return parsed.data;
      const problems = parsed.error.issues.map(
        (issue) => `${issue.path.join(".") || "body"}: ${issue.message}`,
      );
      throw new ControlRefusal(400, "invalid_input", problems.join("; "));
    },
  };
}

async function answer(sim: Simulator, request: Omit<GatewayRequest, "body" | "file">): Promise<Reply> {
  requireControl(sim, request.raw);
  const parts = request.path.split("/").slice(2).map(decodeURIComponent);
  for (const route of CONTROL_ROUTES) {
    const pattern = route.path.split("/");
    const fits =
      route.method === request.method &&
      pattern.length === parts.length &&
      pattern.every((part, index) => part === ":" || part === parts[index]);
    if (!fits) continue;
    const params = parts.filter((_, index) => pattern[index] === ":");
    const { body } = await readBody(request.raw);
    return await route.answer(callOf(sim, params, { query: request.query, body }));
  }
  throw new ControlRefusal(404, "not_found", `There is no ${request.method} ${request.path}.`);
}

/** The control API of DESIGN section 5: paths under `/sandbox`. */
export async function answerControl(
  sim: Simulator,
  request: Omit<GatewayRequest, "body" | "file">,
): Promise<Reply> {
  try {
    return await answer(sim, request);
  } catch (error) {
    if (error instanceof ControlRefusal)
      return { status: error.status, body: { error: { code: error.code, message: error.message } } };
    if (error instanceof GatewayError)
      return {
        status: error.reply.status,
        body: { error: { code: "invalid_json", message: "The body is not JSON." } },
      };
    throw error;
  }
}
