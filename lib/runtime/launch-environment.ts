import { type Env, parseEnv } from "#lib/kernel/env.ts";
import { StartProblem } from "./progress.ts";
import { fromRoot } from "./project.ts";
import type { Secrets } from "./secrets.ts";

export type Given = Record<string, string | undefined>;

/** Which parts run here, and which the environment says are elsewhere. */
export type Plan = { database: boolean; realtime: boolean; sandbox: boolean };

export function planOf(given: Given): Plan {
  const plan = {
    database: !given.DATABASE_URL,
    realtime: !given.PUSHER_HOST && !given.PUSHER_APP_ID,
    sandbox: !given.EVOLUTION_API_URL,
  };
  if (given.RECADO_ENV === "production") assertFitForProduction(given, plan);
  return plan;
}

function assertFitForProduction(given: Given, plan: Plan) {
  const missing = ["AUTH_SECRET", "ENCRYPTION_KEYS"].filter((name) => !given[name]);
  const problems = missing.map(
    (name) => `${name}: must be set when RECADO_ENV is production (see .env.example).`,
  );
  if (plan.sandbox) {
    problems.push(
      "EVOLUTION_API_URL: must be set when RECADO_ENV is production; the practice gateway is for local use.",
    );
  }
  if (problems.length > 0)
    throw new StartProblem("The environment is not usable:", ...problems.map((line) => `  ${line}`));
}

export type Addresses = { web: number; realtime: number; sandbox: number; databaseUrl: string };

/** The whole environment of the product's processes: what was given, and what we made for the rest. */
export function composeEnvironment(
  given: Given,
  plan: Plan,
  secrets: Secrets,
  at: Addresses,
  dataDir: string,
): Given {
  return {
    ...given,
    NEXT_TELEMETRY_DISABLED: "1",
    // Node keeps the compiled form of its files there: quicker starts, and no type stripper in memory.
    NODE_COMPILE_CACHE: given.NODE_COMPILE_CACHE || fromRoot("node_modules/.cache/node"),
    HOST: given.HOST || "127.0.0.1",
    PORT: String(at.web),
    DATA_DIR: dataDir,
    DATABASE_URL: at.databaseUrl,
    AUTH_SECRET: given.AUTH_SECRET || secrets.authSecret,
    ENCRYPTION_KEYS: given.ENCRYPTION_KEYS || secrets.encryptionKeys,
    ...(plan.realtime ? realtimeVariables(given, secrets, at.realtime) : {}),
    ...(plan.sandbox ? sandboxVariables(secrets, at.sandbox) : {}),
    WEBHOOK_BASE_URL: given.WEBHOOK_BASE_URL || given.APP_URL || `http://127.0.0.1:${at.web}`,
  };
}

function realtimeVariables(given: Given, secrets: Secrets, port: number): Given {
  return {
    PUSHER_APP_ID: "recado",
    PUSHER_KEY: given.PUSHER_KEY || secrets.realtimeKey,
    PUSHER_SECRET: given.PUSHER_SECRET || secrets.realtimeSecret,
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: String(port),
    PUSHER_USE_TLS: "false",
  };
}

function sandboxVariables(secrets: Secrets, port: number): Given {
  const url = `http://127.0.0.1:${port}`;
  return {
    SANDBOX_PORT: String(port),
    SANDBOX_URL: url,
    EVOLUTION_API_URL: url,
    EVOLUTION_API_KEY: secrets.gatewayKey,
  };
}

export const DEFAULT_PORTS = { web: 3000, realtime: 6001, sandbox: 8085 };

/** Checks what was given before anything is started; throws an EnvError with one line per mistake. */
export function checkEnvironment(given: Given, plan: Plan, secrets: Secrets): Env {
  const databaseUrl = given.DATABASE_URL || "postgresql://built-in";
  const composed = composeEnvironment(given, plan, secrets, { ...DEFAULT_PORTS, databaseUrl }, "");
  const ports = ["PORT", "PUSHER_PORT", "SANDBOX_PORT"].filter((name) => given[name]);
  return parseEnv({ ...composed, ...Object.fromEntries(ports.map((name) => [name, given[name]])) });
}

/** Where the product reaches itself. */
export function ownUrl(host: string, port: number): string {
  const name = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

/** Where a person on this machine opens the product. */
export function localUrl(host: string, port: number): string {
  const everywhere = host === "0.0.0.0" || host === "::" || host === "127.0.0.1" || host === "::1";
  const name = everywhere ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
