import { describe, expect, test } from "vitest";
import { APP, aConnectedBrowser, anSdk, aServer, aSocket, collect, join, signer, until } from "./support.ts";

const channels = ["a-public-room", "private-a", "presence-a"];

describe("a browser subscribes", () => {
  test.each(channels)("to %s and receives its events", async (name) => {
    const { port, stats } = await aServer();
    const browser = await aConnectedBrowser(port);
    expect(await join(browser, name)).toBe("succeeded");
    const received = collect(browser.channel(name), "greeting");
    await anSdk(port).trigger(name, "greeting", { text: "olá" });
    await until(() => received.length === 1);
    expect(received).toEqual([{ text: "olá" }]);
    expect(stats()).toMatchObject({ channels: 1, counters: { eventsPublished: 1 } });
  });

  test("to an encrypted channel, which is relayed unread", async () => {
    const { port } = await aServer();
    const socket = await aSocket(port);
    socket.subscribe("private-encrypted-a");
    await until(() => socket.framesOf("pusher_internal:subscription_succeeded").length === 1);
    await anSdk(port).trigger("private-encrypted-a", "secret", { text: "for your eyes only" });
    await until(() => socket.framesOf("secret").length === 1);
    expect(socket.dataOf("secret")).toEqual([{ nonce: expect.any(String), ciphertext: expect.any(String) }]);
  });
});

describe("a token that was not made for this subscription", () => {
  const forger = anSdk(1, { secret: "guessed" });
  const stranger = anSdk(1, { key: "another-key" });
  const member = (channel: string) => (channel.startsWith("presence-") ? { user_id: "u1" } : undefined);

  test.each([
    ["of a wrong secret", (id: string, name: string) => forger.authorizeChannel(id, name, member(name))],
    ["of another socket", (_: string, name: string) => signer.authorizeChannel("1.2", name, member(name))],
    [
      "of another channel",
      (id: string, name: string) => signer.authorizeChannel(id, `${name}b`, member(name)),
    ],
    ["of a foreign key", (id: string, name: string) => stranger.authorizeChannel(id, name, member(name))],
    ["that is empty", () => ({ auth: "", channel_data: '{"user_id":"u1"}' })],
    [
      "with changed channel_data",
      (id: string, name: string) => ({
        ...signer.authorizeChannel(id, name, { user_id: "u1" }),
        channel_data: '{"user_id":"the-boss"}',
      }),
    ],
  ])("%s is refused, the connection stays and nothing arrives", async (_case, authorize) => {
    const { port, stats } = await aServer();
    for (const name of ["private-a", "presence-a"]) {
      const browser = await aConnectedBrowser(port, {
        authorize: (id, channel) =>
          channel === name ? authorize(id, channel) : signer.authorizeChannel(id, channel),
      });
      expect(await join(browser, name)).toMatchObject({ type: "AuthError", status: 401 });
      expect(await join(browser, "private-honest")).toBe("succeeded");
      const leaked = collect(browser.channel(name), "e");
      const fence = collect(browser.channel("private-honest"), "fence");
      await anSdk(port).trigger(name, "e", { n: 1 });
      await anSdk(port).trigger("private-honest", "fence", {});
      await until(() => fence.length === 1);
      expect(leaked).toEqual([]);
      expect(browser.connection.state).toBe("connected");
      browser.disconnect();
    }
    expect(stats().counters.subscriptionsRefused).toBe(2);
  });

  test("can be replaced by a good one", async () => {
    const { port } = await aServer();
    let honest = false;
    const browser = await aConnectedBrowser(port, {
      authorize: (id, channel) => (honest ? signer : forger).authorizeChannel(id, channel),
    });
    expect(await join(browser, "private-a")).toMatchObject({ type: "AuthError" });
    honest = true;
    // pusher-js 8.6 takes a refused channel for pending until the connection is a new one.
    browser.disconnect();
    browser.connect();
    await until(() => browser.channel("private-a").subscribed);
  });
});

describe("what may be subscribed to", () => {
  test("no public channel when they are switched off", async () => {
    const { port } = await aServer({ allowPublic: false });
    const browser = await aConnectedBrowser(port);
    expect(await join(browser, "tenant-7")).toMatchObject({ type: "AuthError", status: 401 });
    expect(await join(browser, "private-tenant-7")).toBe("succeeded");
  });

  test.each(["", "with space", "ação", "a/b", "#other", "#server-to-user-", "x".repeat(201), "#private-a"])(
    "not the name %j",
    async (name) => {
      const { port, stats } = await aServer();
      const socket = await aSocket(port);
      socket.send({ event: "pusher:subscribe", data: { channel: name } });
      await until(() => socket.framesOf("pusher:subscription_error").length === 1);
      expect(stats().channels).toBe(0);
    },
  );

  test("only so many channels on one connection", async () => {
    const { port } = await aServer({ limits: { subscriptionsPerConnection: 2 } });
    const browser = await aConnectedBrowser(port);
    expect(await join(browser, "private-a")).toBe("succeeded");
    expect(await join(browser, "private-b")).toBe("succeeded");
    expect(await join(browser, "private-c")).toMatchObject({ type: "LimitReached" });
    browser.unsubscribe("private-a");
    expect(await join(browser, "private-d")).toBe("succeeded");
  });

  test("nothing of another app on the same server", async () => {
    const other = { id: "2002", key: "other-key", secret: "other-secret-77ab" };
    const { port } = await aServer({ apps: [APP, other] });
    const browser = await aConnectedBrowser(port);
    await join(browser, "private-a");
    const received = collect(browser.channel("private-a"), "e");
    const foreign = anSdk(port, { appId: other.id, key: other.key, secret: other.secret });
    await foreign.trigger("private-a", "e", { from: "other" });
    await anSdk(port).trigger("private-a", "e", { from: "own" });
    await until(() => received.length > 0);
    expect(received).toEqual([{ from: "own" }]);
    const mixed = anSdk(port, { appId: other.id });
    await expect(mixed.trigger("private-a", "e", {})).rejects.toMatchObject({ status: 401 });
  });
});

describe("a subscription ends", () => {
  test("with unsubscribe: nothing arrives any more", async () => {
    const { port, stats } = await aServer();
    const socket = await aSocket(port);
    socket.subscribe("private-a");
    socket.subscribe("private-b");
    await socket.settled();
    socket.send({ event: "pusher:unsubscribe", data: { channel: "private-a" } });
    socket.send({ event: "pusher:unsubscribe", data: { channel: "private-never-joined" } });
    await socket.settled();
    await anSdk(port).trigger(["private-a", "private-b"], "e", {});
    await until(() => socket.framesOf("e").length > 0);
    expect(socket.framesOf("e").map(({ channel }) => channel)).toEqual(["private-b"]);
    expect(stats().channels).toBe(1);
  });

  test("once, however often it was begun", async () => {
    const { port, stats } = await aServer();
    const socket = await aSocket(port);
    socket.subscribe("private-a");
    socket.subscribe("private-a");
    await socket.settled();
    expect(socket.framesOf("pusher_internal:subscription_succeeded")).toHaveLength(2);
    await anSdk(port).trigger("private-a", "e", {});
    await socket.settled();
    expect(socket.framesOf("e")).toHaveLength(1);
    socket.send({ event: "pusher:unsubscribe", data: { channel: "private-a" } });
    await socket.settled();
    expect(stats().channels).toBe(0);
  });

  test("with the connection: no map keeps anything", async () => {
    const { port, stats } = await aServer();
    const browsers = await Promise.all([1, 2, 3].map((n) => aConnectedBrowser(port, { userId: `u${n}` })));
    for (const browser of browsers) {
      browser.signin();
      for (const name of channels) await join(browser, name);
    }
    // The three above and one for each user, which a sign-in brings along.
    await until(() => stats().channels === 6);
    expect(stats()).toMatchObject({ connections: 3, channels: 6, users: 3, sockets: 3 });
    for (const browser of browsers) browser.disconnect();
    await until(() => stats().sockets === 0);
    expect(stats()).toMatchObject({ connections: 0, channels: 0, users: 0, sockets: 0, bufferedBytes: 0 });
  });
});
