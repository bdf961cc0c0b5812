import { env } from "#lib/kernel/env.ts";
import { logger } from "#lib/kernel/logger.ts";
import { createRealtimeServer } from "#lib/realtime/server/server.ts";
import { asPortProblem, runPart } from "./part.ts";

const DEFAULT_PORT = 6001;
/** Clients are told to ping when they have heard nothing for this long (Pusher's own default). */
const ACTIVITY_TIMEOUT_S = 120;

await runPart("realtime", async () => {
  const {
    HOST: host,
    PUSHER_PORT: port = DEFAULT_PORT,
    PUSHER_APP_ID: id,
    PUSHER_KEY: key,
    PUSHER_SECRET: secret,
  } = env();
  const server = createRealtimeServer({
    apps: [{ id, key, secret, clientEvents: true }],
    host,
    port,
    activityTimeoutS: ACTIVITY_TIMEOUT_S,
    allowPublic: false,
    logger,
  });
  await server.start().catch((error: unknown) => {
    throw asPortProblem(error, port, "PUSHER_PORT");
  });
  return { stop: () => server.close() };
});
