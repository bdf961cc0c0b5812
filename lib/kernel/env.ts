import { z } from "zod";

/**
 * The only place that reads the environment (held by __tests__/architecture). Every variable is
 * listed in .env.example. What `npm start` invents (secrets, ports) it hands to its processes here.
 */
const port = z.coerce.number().int().min(1).max(65535);
const flag = z.enum(["true", "false", "1", "0", ""]).transform((value) => value === "true" || value === "1");
const url = z.url({ protocol: /^https?$/ });
const hexKey = z.string().regex(/^[0-9a-f]{64}$/i, "must be 64 hexadecimal digits (openssl rand -hex 32)");

const Variables = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  RECADO_ENV: z.enum(["local", "production"]).default("local"),
  PORT: port.default(3000),
  HOST: z.string().default("127.0.0.1"),
  DATA_DIR: z.string().default(".data"),
  APP_URL: url.optional(),
  LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),

  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must begin with postgres://"),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(10),

  AUTH_SECRET: z.string().min(32),
  ENCRYPTION_KEYS: z.string().transform((text, ctx) => parseKeys(text, ctx)),

  EVOLUTION_API_URL: url,
  EVOLUTION_API_KEY: z.string().min(1),
  /** How long a call that nobody listens to any more may still be at work in the gateway. */
  GATEWAY_CALL_SECONDS: z.coerce.number().int().min(5).max(3600).default(130),
  /** Where the gateway reaches us; our own address when it runs beside us. */
  WEBHOOK_BASE_URL: url.optional(),

  PUSHER_APP_ID: z.string().min(1),
  PUSHER_KEY: z.string().min(1),
  PUSHER_SECRET: z.string().min(1),
  PUSHER_CLUSTER: z.string().min(1).default("local"),
  PUSHER_HOST: z.string().optional(),
  PUSHER_PORT: port.optional(),
  PUSHER_USE_TLS: flag.default(false),
  PUSHER_PUBLIC_HOST: z.string().optional(),
  PUSHER_PUBLIC_PORT: port.optional(),
  PUSHER_PUBLIC_TLS: flag.optional(),
  PUSHER_PUBLIC_PATH: z.string().optional(),

  MEDIA_STORAGE: z.enum(["disk", "s3"]).default("disk"),
  S3_ENDPOINT: url.optional(),
  S3_BUCKET: z.string().min(3).max(63).optional(),
  S3_REGION: z.string().min(1).default("us-east-1"),
  S3_ACCESS_KEY_ID: z.string().min(1).optional(),
  S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  S3_FORCE_PATH_STYLE: flag.optional(),

  /** E-mail leaves through this server; without it, alerts are in the app only. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must begin with smtp:// or smtps://")
    .optional(),
  MAIL_FROM: z.string().min(3).optional(),

  SANDBOX_PORT: port.default(8085),
  /** Control address of the practice gateway; set only while it runs. */
  SANDBOX_URL: url.optional(),
  METRICS_TOKEN: z.string().min(16).optional(),
  REGISTRATIONS_PER_HOUR: z.coerce.number().int().min(1).default(20),
  TRUST_PROXY: flag.default(false),
});

/** Storage elsewhere needs to be named and opened. */
const Environment = Variables.superRefine((given, ctx) => {
  if (given.SMTP_URL !== undefined && given.MAIL_FROM === undefined)
    ctx.addIssue({ code: "custom", path: ["MAIL_FROM"], message: "must be set when SMTP_URL is" });
  if (given.MEDIA_STORAGE !== "s3") return;
  for (const name of ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"] as const) {
    if (given[name] === undefined)
      ctx.addIssue({ code: "custom", path: [name], message: "must be set when MEDIA_STORAGE is s3" });
  }
});

export type Env = z.infer<typeof Environment>;

/** `v2:hex,v1:hex`: the first encrypts, all decrypt. */
function parseKeys(text: string, ctx: z.RefinementCtx): { version: string; key: string }[] {
  const keys = text.split(",").map((part) => {
    const [version, key] = part.trim().split(":");
    return { version: version ?? "", key: key ?? "" };
  });
  for (const { version, key } of keys) {
    if (!/^v\d+$/.test(version) || !hexKey.safeParse(key).success) {
      ctx.addIssue({ code: "custom", message: "must look like v1:<64 hexadecimal digits>, newest first" });
    }
  }
  return keys;
}

/** One line per wrong variable, fit to print. */
export class EnvError extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`The environment is not usable:\n${problems.map((line) => `  ${line}`).join("\n")}`);
    this.name = "EnvError";
    this.problems = problems;
  }
}

export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, value]) => value !== undefined && value !== ""),
  );
  const parsed = Environment.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new EnvError(parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`));
}

let cached: Env | undefined;

/** Read at first use, so that tests and the launcher can set the environment before anything runs. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** The log level alone, for processes that log before the whole environment is known to be good. */
export function logLevel(): Env["LOG_LEVEL"] {
  const level = Variables.shape.LOG_LEVEL.safeParse(process.env.LOG_LEVEL || undefined);
  return level.success ? level.data : "info";
}
