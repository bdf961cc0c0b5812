import type Pusher from "pusher-js";
import { DOMAIN_EVENTS } from "#lib/domain/events/catalog.ts";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";
import type { TenantId } from "#lib/kernel/ids.ts";
import { tenantChannel } from "#lib/realtime/channel-names.ts";
import { type Changes, EventStream } from "./event-stream.ts";

export type RealtimeConfig = {
  key: string;
  cluster: string;
  /** Null with a port: the host of the page. Null without: hosted Pusher, found by its cluster. */
  wsHost: string | null;
  wsPort: number | null;
  wsPath: string | null;
  tls: boolean;
};

/**
 *     connecting ──► live ◄──► reconnecting ──► polling        the socket is away, the API answers
 *                                   │    ▲         │
 *                                   ▼    └─────────┤
 *                             offline (no network) ▼ unreachable (the server does not answer)
 */
export type ConnectionState = "connecting" | "live" | "reconnecting" | "polling" | "offline" | "unreachable";

type LiveConnectionOptions = {
  config: RealtimeConfig;
  tenantId: TenantId;
  startSeq: number | null;
  fetchChanges: (after: number | null) => Promise<Changes>;
  apply: (event: RealtimeEvent) => void;
  reset: () => void;
  onState: (state: ConnectionState) => void;
};

const FIRST_POLL_MS = 4_000;
const POLL_MS = 5_000;
const POLL_UNREACHABLE_MS = 10_000;
/** A frame can be lost without a successor to show the hole: ask now and then. */
const REASSURE_MS = 60_000;

/** Keeps this tab up to date until the returned function is called, and says truthfully how. */
export function openLiveConnection(options: LiveConnectionOptions): () => void {
  const stream = new EventStream(options.startSeq, options);
  let pusher: Pusher | null = null;
  let subscribed = false;
  let closed = false;
  let state: ConnectionState = "connecting";
  let timer: ReturnType<typeof setTimeout> | undefined;

  const show = (next: ConnectionState) => {
    if (closed || next === state) return;
    state = next;
    options.onState(next);
  };
  const schedule = (ms: number) => {
    clearTimeout(timer);
    if (!closed) timer = setTimeout(check, ms);
  };

  /** One round: ask the API what was missed, say what is true now, and plan the next round. */
  async function check(): Promise<void> {
    try {
      await stream.catchUp();
      show(subscribed ? "live" : "polling");
      schedule(subscribed ? REASSURE_MS : POLL_MS);
    } catch {
      show(navigator.onLine ? "unreachable" : "offline");
      schedule(POLL_UNREACHABLE_MS);
    }
    if (pusher?.connection.state === "connected" && !subscribed) subscribe(pusher);
  }

  function subscribe(client: Pusher): void {
    // A refused subscription is not repeated by the library.
    client.unsubscribe(tenantChannel(options.tenantId));
    const channel = client.subscribe(tenantChannel(options.tenantId));
    channel.bind("pusher:subscription_succeeded", () => {
      subscribed = true;
      void check();
    });
    for (const name of DOMAIN_EVENTS) channel.bind(name, (event: RealtimeEvent) => stream.receive(event));
  }

  function lost(): void {
    if (closed) return;
    const wasLive = subscribed || state === "live";
    subscribed = false;
    if (!navigator.onLine) show("offline");
    else if (state === "live") show("reconnecting");
    if (wasLive) schedule(FIRST_POLL_MS);
  }

  async function connect(): Promise<void> {
    const { default: Client } = await import("pusher-js");
    if (closed) return;
    pusher = new Client(options.config.key, pusherOptions(options));
    pusher.connection.bind("state_change", ({ current }: { current: string }) => {
      if (current !== "connected") lost();
    });
    pusher.signin();
    subscribe(pusher);
  }

  const online = () => {
    pusher?.connect();
    void check();
  };
  const offline = () => lost();
  let hiddenAt = 0;
  const visibility = () => {
    if (document.visibilityState === "hidden") hiddenAt = Date.now();
    else if (Date.now() - hiddenAt > 30_000) void check();
  };
  window.addEventListener("online", online);
  window.addEventListener("offline", offline);
  document.addEventListener("visibilitychange", visibility);
  schedule(FIRST_POLL_MS);
  connect().catch(() => schedule(0));

  return () => {
    closed = true;
    clearTimeout(timer);
    window.removeEventListener("online", online);
    window.removeEventListener("offline", offline);
    document.removeEventListener("visibilitychange", visibility);
    pusher?.disconnect();
  };
}

function pusherOptions({ config, tenantId }: LiveConnectionOptions) {
  const headers = { "x-recado-tenant": tenantId };
  const host = config.wsHost ?? (config.wsPort === null ? null : window.location.hostname);
  return {
    cluster: config.cluster,
    forceTLS: config.tls,
    enabledTransports: ["ws" as const, "wss" as const],
    disableStats: true,
    channelAuthorization: { endpoint: "/api/realtime/auth", transport: "ajax" as const, headers },
    userAuthentication: { endpoint: "/api/realtime/user", transport: "ajax" as const, headers },
    ...(host ? { wsHost: host } : {}),
    ...(config.wsPort ? { wsPort: config.wsPort, wssPort: config.wsPort } : {}),
    ...(config.wsPath ? { wsPath: config.wsPath } : {}),
  };
}
