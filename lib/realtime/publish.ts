import Pusher from "pusher";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";

/** Pusher's limit for one event's data, in bytes; the SDK does not check it (PROTOCOL section 11). */
export const EVENT_BYTES_MAX = 10_240;
const BATCH_MAX = 10;

let client: Pusher | undefined;

/** The server SDK, for the embedded server, soketi or hosted Pusher alike. */
export function pusher(): Pusher {
  const {
    PUSHER_APP_ID,
    PUSHER_KEY,
    PUSHER_SECRET,
    PUSHER_HOST,
    PUSHER_PORT,
    PUSHER_USE_TLS,
    PUSHER_CLUSTER,
  } = env();
  const common = { appId: PUSHER_APP_ID, key: PUSHER_KEY, secret: PUSHER_SECRET, timeout: 3000 };
  client ??= PUSHER_HOST
    ? new Pusher({
        ...common,
        host: PUSHER_HOST,
        useTLS: PUSHER_USE_TLS,
        ...(PUSHER_PORT && { port: String(PUSHER_PORT) }),
      })
    : new Pusher({ ...common, cluster: PUSHER_CLUSTER, useTLS: true });
  return client;
}

export type Publication = { channel: string; name: string; data: string };

/** Publishes in order, ten to a call; throws `realtime_unavailable` when the server did not take them. */
export async function publish(events: readonly Publication[]): Promise<void> {
  for (let from = 0; from < events.length; from += BATCH_MAX) {
    const batch = events.slice(from, from + BATCH_MAX);
    try {
      await pusher().triggerBatch(batch);
    } catch (cause) {
      throw new AppError("realtime_unavailable", { cause });
    }
  }
}

export function fitsInEvent(data: string): boolean {
  return Buffer.byteLength(data) <= EVENT_BYTES_MAX;
}
