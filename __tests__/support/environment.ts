/**
 * The environment every test runs in: complete, harmless, and the same everywhere. What a test needs
 * otherwise it sets before the code under test reads `env()`.
 */
export const TEST_ENVIRONMENT = {
  NODE_ENV: "test",
  RECADO_ENV: "local",
  LOG_LEVEL: "silent",
  NEXT_TELEMETRY_DISABLED: "1",
  // Far from UTC, half an hour off and with daylight saving: code that leans on the machine's zone shows.
  TZ: "Pacific/Chatham",
  HOST: "127.0.0.1",
  PORT: "3000",
  APP_URL: "http://127.0.0.1:3000",
  // Nothing listens there: only tests that import support/database.ts have a database.
  DATABASE_URL: "postgresql://recado:recado@127.0.0.1:1/none",
  DATABASE_POOL_SIZE: "5",
  AUTH_SECRET: "a-secret-of-the-tests-that-is-long-enough",
  ENCRYPTION_KEYS: `v1:${"5a".repeat(32)}`,
  EVOLUTION_API_URL: "http://127.0.0.1:1",
  EVOLUTION_API_KEY: "gateway-key-of-the-tests",
  WEBHOOK_BASE_URL: "http://127.0.0.1:3000",
  PUSHER_APP_ID: "recado-test",
  PUSHER_KEY: "realtime-key-of-the-tests",
  PUSHER_SECRET: "realtime-secret-of-the-tests",
  PUSHER_CLUSTER: "local",
  PUSHER_HOST: "127.0.0.1",
  PUSHER_PORT: "1",
  PUSHER_USE_TLS: "false",
  METRICS_TOKEN: "metrics-token-of-the-tests",
} as const satisfies Record<string, string>;
