import { env } from "#lib/kernel/env.ts";

/** How the browser reaches the realtime server; null host: the host of the page. */
export type RealtimeConfig = {
  key: string;
  cluster: string;
  wsHost: string | null;
  wsPort: number | null;
  tls: boolean;
  wsPath: string | null;
};

/** Read on the server at request time, so that one build serves every installation. */
export function realtimeConfig(): RealtimeConfig {
  const values = env();
  const embedded = values.PUSHER_HOST !== undefined || values.PUSHER_PUBLIC_HOST !== undefined;
  return {
    key: values.PUSHER_KEY,
    cluster: values.PUSHER_CLUSTER,
    wsHost: values.PUSHER_PUBLIC_HOST ?? null,
    wsPort: values.PUSHER_PUBLIC_PORT ?? (embedded ? (values.PUSHER_PORT ?? null) : null),
    tls: values.PUSHER_PUBLIC_TLS ?? (embedded ? values.PUSHER_USE_TLS : true),
    wsPath: values.PUSHER_PUBLIC_PATH ?? null,
  };
}
