import { expect, onTestFinished, test } from "vitest";
import { WebSocket } from "ws";
import { APP, anSdk, aServer, aSocket, signer, until } from "./support.ts";

const ROOM = "private-crowd";

/** A subscriber that only counts: a thousand of them share this process with the server. */
function aCounter(port: number, totals: { subscribed: number; events: number }) {
  const ws = new WebSocket(`ws://127.0.0.1:${port}/app/${APP.key}?protocol=7&client=js&version=8.6.0`);
  ws.on("message", (raw) => {
    const text = String(raw);
    if (text.startsWith('{"event":"e"')) totals.events += 1;
    else if (text.includes("connection_established")) {
      const socketId = /(\d+\.\d+)/.exec(text)?.[1] ?? "";
      const data = { channel: ROOM, ...signer.authorizeChannel(socketId, ROOM) };
      ws.send(JSON.stringify({ event: "pusher:subscribe", data }));
    } else if (text.includes("subscription_succeeded")) totals.subscribed += 1;
  });
  return ws;
}

test("1,000 sockets on one channel receive 100 events each, and leave nothing behind", async () => {
  const { port, stats } = await aServer();
  const totals = { subscribed: 0, events: 0 };
  const sockets = Array.from({ length: 1_000 }, () => aCounter(port, totals));
  onTestFinished(() => {
    for (const ws of sockets) ws.terminate();
  });
  await until(() => totals.subscribed === 1_000, 10_000);
  expect(stats()).toMatchObject({ connections: 1_000, channels: 1 });

  const sdk = anSdk(port);
  for (let round = 0; round < 10; round += 1) {
    await sdk.triggerBatch(
      Array.from({ length: 10 }, () => ({ channel: ROOM, name: "e", data: "x".repeat(200) })),
    );
  }
  await until(() => totals.events === 100_000, 10_000);
  // Nothing is kept once it is sent: neither on the way out nor per event.
  expect(stats()).toMatchObject({ bufferedBytes: 0, connections: 1_000 });

  for (const ws of sockets) ws.close();
  await until(() => stats().sockets === 0, 10_000);
  expect(stats()).toMatchObject({ connections: 0, channels: 0, users: 0 });
  expect(totals.events).toBe(100_000);
}, 30_000);

test("a reader that stops reading is dropped and does not hold up the others", async () => {
  const { port, stats } = await aServer();
  const [stuck, reader] = [await aSocket(port), await aSocket(port)];
  for (const socket of [stuck, reader]) {
    socket.subscribe(ROOM);
    await socket.settled();
  }
  stuck.ws.pause();
  const sdk = anSdk(port);
  const batch = () =>
    Array.from({ length: 10 }, () => ({ channel: ROOM, name: "e", data: "x".repeat(10_000) }));
  let sent = 0;
  // The operating system buffers some megabytes before the server sees that nobody reads.
  while (stats().connections === 2 && sent < 5_000) {
    await sdk.triggerBatch(batch());
    sent += 10;
    await until(() => reader.framesOf("e").length === sent);
  }
  expect(stats()).toMatchObject({ connections: 1, counters: { closedByCode: { 4200: 1 } } });
  await sdk.trigger(ROOM, "last", {});
  await until(() => reader.framesOf("last").length === 1);
}, 30_000);
