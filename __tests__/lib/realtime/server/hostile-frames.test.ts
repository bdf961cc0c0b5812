import { describe, expect, test } from "vitest";
import { aConnectedBrowser, anSdk, aServer, aSocket, collect, join, signer, until } from "./support.ts";

/** A socket that misbehaves beside a browser that must not notice. */
async function aQuietRoom() {
  const { port, stats } = await aServer();
  const browser = await aConnectedBrowser(port);
  await join(browser, "private-a");
  const received = collect(browser.channel("private-a"), "still-here");
  const socket = await aSocket(port);
  const unharmed = async () => {
    await anSdk(port).trigger("private-a", "still-here", {});
    await until(() => received.length === 1);
    expect(browser.connection.state).toBe("connected");
  };
  return { port, stats, socket, unharmed };
}

const NESTED = 9_000;

describe("a frame that makes no sense", () => {
  test.each<[string, string | Buffer]>([
    ["text that is not JSON", "hello"],
    ["nothing", ""],
    ["half of an object", '{"event":"pusher:ping"'],
    ["a number", "42"],
    ["null", "null"],
    ["a list", '["pusher:ping"]'],
    ["no event", '{"data":{}}'],
    ["an event that is no text", '{"event":{"a":1}}'],
    ["a channel that is no text", '{"event":"client-x","channel":{"a":1}}'],
    ["binary data", Buffer.from('{"event":"pusher:ping","data":{}}')],
    ["a subscription without data", '{"event":"pusher:subscribe"}'],
    ["a subscription to a number", '{"event":"pusher:subscribe","data":{"channel":7}}'],
    ["nothing but brackets", "[".repeat(NESTED)],
  ])("(%s) is answered with an error and changes nothing", async (_kind, frame) => {
    const { socket, unharmed } = await aQuietRoom();
    socket.ws.send(frame);
    await until(() => socket.framesOf("pusher:error").length === 1);
    expect(socket.dataOf("pusher:error")).toEqual([{ code: null, message: expect.any(String) }]);
    await socket.settled();
    await unharmed();
  });

  test("(an event of a newer protocol) is ignored", async () => {
    const { socket, unharmed } = await aQuietRoom();
    for (const event of ["pusher:watchlist", "pusher_internal:member_added", "toString", "made-up"]) {
      socket.send({ event, channel: "private-a", data: {} });
    }
    await socket.settled();
    expect(socket.frames.map(({ event }) => event)).toEqual(["pusher:connection_established", "pusher:pong"]);
    await unharmed();
  });

  test("(21 KB) closes the sender with 1009", async () => {
    const { socket, stats, unharmed } = await aQuietRoom();
    socket.send({ event: "client-x", channel: "private-a", data: "x".repeat(21_000) });
    await until(() => socket.closeCode() !== undefined);
    expect(socket.closeCode()).toBe(1009);
    expect(stats().connections).toBe(1);
    await unharmed();
  });

  test("(21 KB, and deaf to the answer) is forgotten without waiting for the sender", async () => {
    const { socket, stats, unharmed } = await aQuietRoom();
    socket.ws.pause();
    socket.send({ event: "client-x", channel: "private-a", data: "x".repeat(21_000) });
    await until(() => stats().connections === 1);
    expect(stats().sockets).toBe(2);
    await unharmed();
  });

  test("(data nested thousands deep) is survived", async () => {
    const { socket, unharmed } = await aQuietRoom();
    socket.subscribe("private-a");
    await socket.settled();
    const data = "[".repeat(NESTED) + "]".repeat(NESTED);
    socket.ws.send(`{"event":"client-x","channel":"private-a","data":${data}}`);
    socket.ws.send(`{"event":"pusher:subscribe","data":{"channel":"private-b","auth":${data}}}`);
    await socket.settled();
    expect(socket.closeCode()).toBeUndefined();
    await unharmed();
  });

  test("(a broken WebSocket frame) ends its own socket only", async () => {
    const { socket, stats, unharmed } = await aQuietRoom();
    // A reserved opcode, unmasked: forbidden twice over.
    Reflect.get(socket.ws, "_socket").write(Buffer.from([0x8f, 0x00]));
    await until(() => socket.closeCode() !== undefined);
    await until(() => stats().connections === 1);
    await unharmed();
  });
});

describe("names that are words of the language", () => {
  const words = ["__proto__", "constructor", "toString", "hasOwnProperty"];

  test.each(words)("%s is a channel like any other", async (name) => {
    const { port } = await aServer();
    const socket = await aSocket(port);
    socket.send({ event: "pusher:subscribe", data: { channel: name } });
    await socket.settled();
    expect(socket.framesOf("pusher_internal:subscription_succeeded")).toHaveLength(1);
    await anSdk(port).trigger(name, "e", { n: 1 });
    await until(() => socket.framesOf("e").length === 1);
    const text = await (await anSdk(port).get({ path: "/channels" })).text();
    expect(text).toBe(`{"channels":{"${name}":{}}}`);
    expect(Reflect.get({}, "n")).toBeUndefined();
  });

  test.each(words)("%s is a user like any other", async (userId) => {
    const { port, stats } = await aServer();
    const socket = await aSocket(port);
    socket.subscribe("presence-a", { user_id: userId, user_info: { polluted: "yes" } });
    socket.send({ event: "pusher:signin", data: signer.authenticateUser(socket.socketId(), { id: userId }) });
    await socket.settled();
    const raw = String(socket.framesOf("pusher_internal:subscription_succeeded")[0]?.data);
    expect(raw).toBe(`{"presence":{"ids":["${userId}"],"hash":{"${userId}":{"polluted":"yes"}},"count":1}}`);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
    expect(stats().users).toBe(1);
    await anSdk(port).terminateUserConnections(userId);
    await until(() => socket.closeCode() === 4009);
  });
});
