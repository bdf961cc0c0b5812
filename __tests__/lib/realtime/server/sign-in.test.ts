import { describe, expect, test } from "vitest";
import { aConnectedBrowser, anSdk, aServer, aSocket, collect, join, signer, until } from "./support.ts";

describe("sign-in", () => {
  test("makes a browser reachable by user id", async () => {
    const { port, stats } = await aServer();
    const tabs = await Promise.all([1, 2].map(() => aConnectedBrowser(port, { userId: "ana" })));
    const stranger = await aConnectedBrowser(port, { userId: "bea" });
    const received = tabs.map((tab) => collect(tab.user, "notice"));
    const strayed = collect(stranger.user, "notice");
    for (const browser of [...tabs, stranger]) browser.signin();
    await until(() => stats().channels === 2);
    await until(() => [...tabs, stranger].every(({ user }) => user.user_data !== null));
    await anSdk(port).sendToUser("ana", "notice", { text: "hola" });
    await until(() => received.every((events) => events.length === 1));
    expect(received[0]).toEqual([{ text: "hola" }]);
    await anSdk(port).sendToUser("bea", "notice", { text: "fence" });
    await until(() => strayed.length > 0);
    expect(strayed).toEqual([{ text: "fence" }]);
    expect(stats().users).toBe(2);
  });

  test("answers with the user data as it was sent, also a second time", async () => {
    const { port, stats } = await aServer();
    const socket = await aSocket(port);
    const token = signer.authenticateUser(socket.socketId(), { id: "ana", user_info: { name: "Ana Núñez" } });
    socket.send({ event: "pusher:signin", data: token });
    socket.send({ event: "pusher:signin", data: token });
    await socket.settled();
    const answer = { user_data: token.user_data };
    expect(socket.dataOf("pusher:signin_success")).toEqual([answer, answer]);
    expect(stats().users).toBe(1);
  });

  const forger = anSdk(1, { secret: "guessed" });
  test.each([
    ["a wrong secret", (id: string) => forger.authenticateUser(id, { id: "ana" })],
    ["the token of another socket", () => signer.authenticateUser("1.2", { id: "ana" })],
    [
      "changed user data",
      (id: string) => ({ ...signer.authenticateUser(id, { id: "ana" }), user_data: '{"id":"the-boss"}' }),
    ],
  ])("with %s ends the connection for good", async (_flaw, signIn) => {
    const { port, stats } = await aServer();
    const browser = await aConnectedBrowser(port, { signIn });
    const errors = collect(browser.connection, "error");
    browser.signin();
    await until(() => browser.connection.state === "disconnected");
    expect(errors).toContainEqual(expect.objectContaining({ data: expect.objectContaining({ code: 4009 }) }));
    expect(stats()).toMatchObject({ users: 0, connections: 0, counters: { closedByCode: { 4009: 1 } } });
  });

  test.each<[string, object | null]>([
    ["nothing", null],
    ["no user data", { auth: "x" }],
    ["a list", []],
  ])("with %s closes with 4009", async (_flaw, data) => {
    const { port } = await aServer();
    const socket = await aSocket(port);
    socket.send({ event: "pusher:signin", data });
    await until(() => socket.closeCode() === 4009);
    expect(socket.dataOf("pusher:error")).toMatchObject([{ code: 4009 }]);
  });

  test("as somebody else on the same connection closes it", async () => {
    const { port, stats } = await aServer();
    const socket = await aSocket(port);
    for (const id of ["ana", "bea"]) {
      socket.send({ event: "pusher:signin", data: signer.authenticateUser(socket.socketId(), { id }) });
    }
    await until(() => socket.closeCode() === 4009);
    expect(stats().users).toBe(0);
  });
});

describe("the channel of a user", () => {
  test("is closed to everyone else", async () => {
    const { port } = await aServer();
    const socket = await aSocket(port);
    const subscribe = (id: string) =>
      socket.send({ event: "pusher:subscribe", data: { channel: `#server-to-user-${id}`, auth: "" } });
    subscribe("ana");
    socket.send({ event: "pusher:signin", data: signer.authenticateUser(socket.socketId(), { id: "ana" }) });
    subscribe("bea");
    subscribe("ana");
    await socket.settled();
    const outcomes = socket.frames.filter(({ event }) => event.includes("subscription"));
    expect(outcomes.map(({ event, channel }) => [event, channel])).toEqual([
      ["pusher:subscription_error", "#server-to-user-ana"],
      ["pusher:subscription_error", "#server-to-user-bea"],
      ["pusher_internal:subscription_succeeded", "#server-to-user-ana"],
    ]);
  });
});

describe("terminateUserConnections", () => {
  test("ends all tabs of the user and no other", async () => {
    const { port, stats } = await aServer();
    const tabs = await Promise.all([1, 2, 3].map(() => aConnectedBrowser(port, { userId: "ana" })));
    const other = await aConnectedBrowser(port, { userId: "bea" });
    const anonymous = await aConnectedBrowser(port, { userId: "ana" });
    for (const browser of [...tabs, other]) browser.signin();
    await until(() => [...tabs, other].every(({ user }) => user.user_data !== null));
    await join(anonymous, "private-a");

    await anSdk(port).terminateUserConnections("ana");
    await until(() => tabs.every((tab) => tab.connection.state === "disconnected"));
    expect(stats()).toMatchObject({ connections: 2, users: 1, counters: { closedByCode: { 4009: 3 } } });
    expect(other.connection.state).toBe("connected");
    expect(anonymous.connection.state).toBe("connected");

    // It is an end, not a ban: the app decides who may sign in again.
    tabs[0]?.connect();
    await until(() => tabs[0]?.connection.state === "connected");
  });

  test("of a user nobody is, is no error", async () => {
    const { port } = await aServer();
    expect((await anSdk(port).terminateUserConnections("nobody")).status).toBe(200);
  });

  test("leaves nothing to a socket that goes on talking", async () => {
    const { port, stats } = await aServer();
    const socket = await aSocket(port);
    socket.send({ event: "pusher:signin", data: signer.authenticateUser(socket.socketId(), { id: "ana" }) });
    await socket.settled();
    // Held back, so that the subscription is on its way when the server has already closed.
    socket.ws.pause();
    await anSdk(port).terminateUserConnections("ana");
    socket.subscribe("private-a");
    socket.ws.resume();
    await until(() => socket.closeCode() === 4009);
    expect(stats()).toMatchObject({ connections: 0, channels: 0, users: 0 });
  });
});
