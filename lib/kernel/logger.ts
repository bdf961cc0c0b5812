import pino from "pino";
import { logLevel } from "./env.ts";

/** Structured logs on stdout. Texts, phones and secrets never appear: the paths below are cut. */
export const logger = pino({
  level: logLevel(),
  base: null,
  redact: {
    paths: ["*.text", "*.phone", "*.password", "*.apikey", "*.secret", "*.authorization", "headers", "body"],
    censor: "[redacted]",
  },
});

export type Logger = typeof logger;
