import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { createRealtimeServer } from "#lib/realtime/server/server.ts";
import {
  APP,
  aBrowser,
  aClock,
  aConnectedBrowser,
  anSdk,
  aServer,
  aSocket,
  collect,
  join,
  until,
} from "./support.ts";

const QUERY = "client=js&version=8.6.0";

describe("a browser connects", () => {
  test("and gets a socket id the SDK can sign", async () => {
    const { port, stats } = await aServer();
    const browser = await aConnectedBrowser(port);
    expect(browser.connection.socket_id).toMatch(/^\d+\.\d+$/);
    expect(stats()).toMatchObject({ connections: 1, counters: { connectionsOpened: 1 } });
  });

  test("under a path prefix", async () => {
    const { port } = await aServer();
    const browser = await aConnectedBrowser(port, { options: { wsPath: "/live/updates" } });
    expect(await join(browser, "private-a")).toBe("succeeded");
  });

  test("with parameters nobody knows", async () => {
    const { port } = await aServer();
    const socket = await aSocket(port, `/app/${APP.key}?protocol=7&${QUERY}&flash=false&extra=%20+x&extra`);
    expect(socket.dataOf("pusher:connection_established")).toEqual([
      { socket_id: expect.stringMatching(/^\d+\.\d+$/), activity_timeout: 120 },
    ]);
    expect(typeof socket.frames[0]?.data).toBe("string");
  });

  test("and every socket has its own id", async () => {
    const { port } = await aServer();
    const sockets = await Promise.all(Array.from({ length: 20 }, () => aSocket(port)));
    expect(new Set(sockets.map((socket) => socket.socketId())).size).toBe(20);
  });
});

describe("a handshake is refused", () => {
  test("for a wrong key: the browser stays away after one attempt", async () => {
    const { port, stats } = await aServer();
    const browser = aBrowser(port, { key: "another-key" });
    const errors = collect(browser.connection, "error");
    await until(() => browser.connection.state === "disconnected");
    expect(errors).toMatchObject([{ error: { data: { code: 4001 } } }]);
    expect(stats()).toMatchObject({ connections: 0, counters: { handshakesRefused: { 4001: 1 } } });
  });

  test.each([
    ["a missing protocol", `/app/${APP.key}?${QUERY}`, 4008],
    ["an older protocol", `/app/${APP.key}?protocol=3&${QUERY}`, 4007],
    ["a protocol that is no number", `/app/${APP.key}?protocol=seven&${QUERY}`, 4006],
    ["a broken version", `/app/${APP.key}?protocol=7&version=%00%0a`, 4006],
    ["an unknown key", `/app/nobody?protocol=7&${QUERY}`, 4001],
  ])("for %s, with the code in a frame and in the close", async (_reason, target, code) => {
    const { port } = await aServer();
    const socket = await aSocket(port, target);
    await until(() => socket.closeCode() !== undefined);
    expect(socket.dataOf("pusher:error")).toEqual([{ code, message: expect.any(String) }]);
    expect(socket.closeCode()).toBe(code);
  });

  test("for an app that is switched off", async () => {
    const { port } = await aServer({ apps: [{ ...APP, enabled: false }] });
    const socket = await aSocket(port);
    await until(() => socket.closeCode() === 4003);
    await expect(anSdk(port).trigger("private-a", "e", {})).rejects.toMatchObject({ status: 403 });
  });

  test.each(["/", "/app", "/app/", "/socket", "/apps/1001/events"])("without a word on %s", async (path) => {
    const { port } = await aServer();
    const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`);
    const [error] = await once(ws, "error");
    expect(error).toMatchObject({ code: "ECONNRESET" });
  });

  test("for a page of another origin only", async () => {
    const { port, stats } = await aServer({ allowedOrigins: ["https://inbox.example"] });
    const target = `ws://127.0.0.1:${port}/app/${APP.key}?protocol=7&${QUERY}`;
    const foreign = new WebSocket(target, { origin: "https://evil.example" });
    expect((await once(foreign, "close"))[0]).toBe(4009);
    const own = new WebSocket(target, { origin: "https://inbox.example" });
    onTestFinished(() => own.terminate());
    await until(() => stats().connections === 1);
  });
});

describe("silence", () => {
  test("a ping is answered with a pong", async () => {
    const { port } = await aServer();
    const socket = await aSocket(port);
    socket.send({ event: "pusher:ping", data: {} });
    await until(() => socket.framesOf("pusher:pong").length === 1);
    expect(socket.framesOf("pusher:pong")).toEqual([{ event: "pusher:pong", data: "{}" }]);
  });

  test("a silent client is asked after the activity timeout and 30 s, and closed 30 s later", async () => {
    const { clock, advance } = aClock();
    const { port, stats } = await aServer({ clock });
    const socket = await aSocket(port);
    advance(145);
    await socket.settled();
    expect(socket.framesOf("pusher:ping")).toHaveLength(0);

    advance(150);
    await until(() => socket.framesOf("pusher:ping").length === 1);
    advance(25);
    expect(stats().connections).toBe(1);
    advance(5);
    await until(() => socket.closeCode() === 4201);
    expect(stats()).toMatchObject({ connections: 0, counters: { closedByCode: { 4201: 1 } } });
    expect(socket.framesOf("pusher:ping")).toHaveLength(1);
  });

  test("a browser answers the question and stays", async () => {
    const { clock, advance } = aClock();
    const { port, stats } = await aServer({ clock });
    const browser = await aConnectedBrowser(port);
    for (let round = 1; round <= 3; round += 1) {
      const before = stats().counters.framesReceived;
      advance(150);
      await until(() => stats().counters.framesReceived > before);
    }
    expect(browser.connection.state).toBe("connected");
    expect(stats().connections).toBe(1);
  });
});

describe("the server goes away", () => {
  test("and after a restart the browser is back on all channels with fresh tokens", async () => {
    const first = createRealtimeServer({ apps: [APP], activityTimeoutS: 120, allowPublic: true });
    const { port } = await first.start();
    const signedFor = new Map<string, string[]>();
    const sdk = anSdk(port);
    const browser = await aConnectedBrowser(port, {
      authorize: (socketId, channel) => {
        signedFor.set(channel, [...(signedFor.get(channel) ?? []), socketId]);
        return sdk.authorizeChannel(
          socketId,
          channel,
          channel.startsWith("presence-") ? { user_id: "u1" } : undefined,
        );
      },
    });
    for (const name of ["public-a", "private-a", "presence-a"]) await join(browser, name);
    const [oldSocketId] = signedFor.get("private-a") ?? [];
    await first.close();

    const { stats } = await aServer({ port });
    await until(() => stats().channels === 3);
    const [, newSocketId] = signedFor.get("private-a") ?? [];
    expect(newSocketId).toBe(browser.connection.socket_id);
    expect(newSocketId).not.toBe(oldSocketId);
    const received = collect(browser.channel("private-a"), "still-here");
    await sdk.trigger("private-a", "still-here", { n: 1 });
    await until(() => received.length === 1);
  });

  test("a full server asks for a second of patience: no storm of attempts", async () => {
    const { port, stats } = await aServer({ limits: { connections: 0 } });
    const startMs = Date.now();
    aBrowser(port);
    await until(() => stats().counters.handshakesRefused[4100] === 2);
    // Three attempts in 2.6 s at most means at least 0.9 s between two of them.
    expect(Date.now() - startMs).toBeGreaterThan(900);
  });

  test("closing ends every socket with 4100, waits for it and can be asked twice", async () => {
    const { port, server, stats } = await aServer();
    const sockets = await Promise.all(Array.from({ length: 25 }, () => aSocket(port)));
    await Promise.all([server.close(), server.close()]);
    await until(() => sockets.every((socket) => socket.closeCode() === 4100));
    expect(stats()).toMatchObject({ connections: 0, sockets: 0 });
    await expect(anSdk(port).get({ path: "/channels" })).rejects.toThrow();
  });

  test("a handshake that was on its way gets 4100", async () => {
    const { port, server } = await aServer();
    const tcp = connect(port, "127.0.0.1");
    onTestFinished(() => void tcp.destroy());
    let answer = "";
    tcp.on("data", (chunk) => {
      answer += chunk.toString("latin1");
    });
    tcp.write(`GET /app/${APP.key}?protocol=7 HTTP/1.1\r\nHost: local\r\nConnection: Upgrade\r\n`);
    // Answered after the half request above was read.
    await fetch(`http://127.0.0.1:${port}/healthz`);
    const closed = server.close();
    tcp.write("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ");
    tcp.write("AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");
    await until(() => answer.includes('\\"code\\":4100'));
    tcp.destroy();
    await closed;
  });

  test("a taken port rejects the start", async () => {
    const blocker = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void blocker.close());
    await once(blocker, "listening");
    const bound = blocker.address();
    const port = typeof bound === "object" && bound ? bound.port : 0;
    const server = createRealtimeServer({ apps: [APP], port, activityTimeoutS: 120, allowPublic: false });
    await expect(server.start()).rejects.toMatchObject({ code: "EADDRINUSE" });
    await server.close();
  });
});
