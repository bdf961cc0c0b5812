import { createRequire } from "node:module";
import Pusher from "pusher";
import type PusherJs from "pusher-js";
import type { Options } from "pusher-js";
import { onTestFinished } from "vitest";
import { WebSocket } from "ws";
import type { Clock } from "#lib/realtime/server/clock.ts";
import { createRealtimeServer, type RealtimeServerOptions } from "#lib/realtime/server/server.ts";

/** The builds of pusher-js for browsers and for Node export the class in different ways. */
const Client: typeof PusherJs = createRequire(import.meta.url)("pusher-js");
// Refusals are expected here; the package would print each one.
Object.assign(Client, { log: () => {} });

export const APP = { id: "1001", key: "suite-key", secret: "suite-secret-0f3a" };

export async function aServer(options: Partial<RealtimeServerOptions> = {}) {
  const server = createRealtimeServer({ apps: [APP], activityTimeoutS: 120, allowPublic: true, ...options });
  const { port } = await server.start();
  onTestFinished(() => server.close());
  return { server, port, stats: server.stats };
}

export function anSdk(port: number, credentials: { key?: string; secret?: string; appId?: string } = {}) {
  const { key = APP.key, secret = APP.secret, appId = APP.id } = credentials;
  return new Pusher({
    appId,
    key,
    secret,
    host: "127.0.0.1",
    port: String(port),
    useTLS: false,
    timeout: 3000,
    encryptionMasterKeyBase64: Buffer.alloc(32, "suite").toString("base64"),
  });
}

/** Signs only: nothing is ever sent to it. */
export const signer = anSdk(1);

type Token = { auth: string; channel_data?: string };
type BrowserOptions = {
  key?: string;
  /** The user on presence channels and for `signin()`. */
  userId?: string;
  userInfo?: Record<string, string>;
  /** Replaces the honest authorisation endpoint. */
  authorize?: (socketId: string, channel: string) => Token;
  signIn?: (socketId: string) => { auth: string; user_data: string };
  options?: Partial<Options>;
};

/** The official browser client, authorised by the official server SDK. */
export function aBrowser(port: number, browser: BrowserOptions = {}): PusherJs {
  const { userId = "u1", userInfo } = browser;
  const member = { user_id: userId, ...(userInfo && { user_info: userInfo }) };
  const honest = (socketId: string, channel: string): Token =>
    signer.authorizeChannel(socketId, channel, channel.startsWith("presence-") ? member : undefined);
  const signIn = browser.signIn ?? ((socketId: string) => signer.authenticateUser(socketId, { id: userId }));
  const client = new Client(browser.key ?? APP.key, {
    cluster: "local",
    wsHost: "127.0.0.1",
    wsPort: port,
    forceTLS: false,
    enabledTransports: ["ws"],
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, done) =>
        done(null, (browser.authorize ?? honest)(socketId, channelName)),
    },
    userAuthentication: { customHandler: ({ socketId }, done) => done(null, signIn(socketId)) },
    ...browser.options,
  });
  onTestFinished(() => client.disconnect());
  return client;
}

export async function aConnectedBrowser(port: number, browser: BrowserOptions = {}): Promise<PusherJs> {
  const client = aBrowser(port, browser);
  await until(() => client.connection.state === "connected");
  return client;
}

type Bindable = { bind(event: string, listener: (data: unknown) => void): unknown };

/** Everything that arrives under a name from now on. */
export function collect(source: Bindable, event: string): unknown[] {
  const seen: unknown[] = [];
  source.bind(event, (data) => seen.push(data));
  return seen;
}

/** Subscribes and resolves with `"succeeded"`, or with the data of the refusal. */
export async function join(client: PusherJs, name: string): Promise<unknown> {
  const channel = client.subscribe(name);
  return await new Promise((resolve) => {
    channel.bind("pusher:subscription_succeeded", () => resolve("succeeded"));
    channel.bind("pusher:subscription_error", resolve);
  });
}

export type Frame = { event: string; channel?: string; data?: unknown; user_id?: string };

/** A client that does whatever the test wants, right or wrong. */
export async function aSocket(port: number, target = `/app/${APP.key}?protocol=7&client=js&version=8.6.0`) {
  const ws = new WebSocket(`ws://127.0.0.1:${port}${target}`);
  onTestFinished(() => ws.terminate());
  const frames: Frame[] = [];
  let closeCode: number | undefined;
  ws.on("message", (raw) => frames.push(JSON.parse(String(raw))));
  ws.on("close", (code) => {
    closeCode = code;
  });
  ws.on("error", () => {});
  const socket = {
    ws,
    frames,
    closeCode: () => closeCode,
    send: (frame: object) => ws.send(JSON.stringify(frame)),
    framesOf: (event: string) => frames.filter((frame) => frame.event === event),
    dataOf: (event: string): unknown[] =>
      frames.filter((frame) => frame.event === event).map(({ data }) => JSON.parse(String(data))),
    socketId: () => /"socket_id":"(\d+\.\d+)"/.exec(String(frames[0]?.data))?.[1] ?? "",
    subscribe(channel: string, member?: { user_id: string; user_info?: Record<string, string> }) {
      const token = signer.authorizeChannel(socket.socketId(), channel, member);
      socket.send({ event: "pusher:subscribe", data: { channel, ...token } });
    },
    /** Resolves when all frames sent so far have been worked off. */
    async settled() {
      const answered = socket.framesOf("pusher:pong").length;
      socket.send({ event: "pusher:ping", data: {} });
      await until(() => socket.framesOf("pusher:pong").length > answered);
    },
  };
  await until(() => frames.length > 0 || closeCode !== undefined);
  return socket;
}

export async function until(condition: () => boolean, limitMs = 10_000): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`Not true after ${limitMs} ms: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** A clock that moves only when told to. */
export function aClock() {
  let nowMs = Date.now();
  const timers = new Set<{ intervalMs: number; dueMs: number; run: () => void }>();
  const clock: Clock = {
    now: () => nowMs,
    every(intervalMs, run) {
      const timer = { intervalMs, dueMs: nowMs + intervalMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  return {
    clock,
    advance(seconds: number) {
      const targetMs = nowMs + seconds * 1000;
      while (nowMs < targetMs) {
        nowMs = Math.min(targetMs, ...[...timers].map(({ dueMs }) => dueMs));
        for (const timer of timers) {
          if (timer.dueMs > nowMs) continue;
          timer.dueMs += timer.intervalMs;
          timer.run();
        }
      }
    },
  };
}
