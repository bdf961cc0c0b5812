import { describe, expect, test } from "vitest";
import { APP, aClock, aConnectedBrowser, aServer, aSocket, collect, join, until } from "./support.ts";

describe("a client event", () => {
  test.each(["private-a", "presence-a"])("on %s reaches the others and not its sender", async (name) => {
    const { port, stats } = await aServer();
    const sender = await aConnectedBrowser(port, { userId: "ana" });
    const others = await Promise.all(["bea", "carla"].map((userId) => aConnectedBrowser(port, { userId })));
    for (const browser of [sender, ...others]) await join(browser, name);
    const echoed = collect(sender.channel(name), "client-typing");
    const received = others.map((browser) => collect(browser.channel(name), "client-typing"));
    sender.channel(name).trigger("client-typing", { on: true, ação: ["✍️"] });
    await until(() => received.every((events) => events.length === 1));
    expect(received[0]).toEqual([{ on: true, ação: ["✍️"] }]);
    // A second round trip of the sender: an echo would have come before it.
    await join(sender, "private-fence");
    expect(echoed).toEqual([]);
    expect(stats().counters.clientEvents).toBe(1);
  });

  test("names its sender on presence channels, whoever the sender claims to be", async () => {
    const { port } = await aServer();
    const [forger, witness] = [await aSocket(port), await aSocket(port)];
    forger.subscribe("presence-a", { user_id: "mallory" });
    witness.subscribe("presence-a", { user_id: "ana" });
    await Promise.all([forger.settled(), witness.settled()]);
    forger.send({ event: "client-e", channel: "presence-a", data: "as it came", user_id: "the-boss" });
    await until(() => witness.framesOf("client-e").length === 1);
    expect(witness.framesOf("client-e")).toEqual([
      { event: "client-e", channel: "presence-a", data: "as it came", user_id: "mallory" },
    ]);
  });

  test("carries no user on private channels", async () => {
    const { port } = await aServer();
    const [sender, witness] = [await aSocket(port), await aSocket(port)];
    for (const socket of [sender, witness]) {
      socket.subscribe("private-a");
      await socket.settled();
    }
    sender.send({ event: "client-e", channel: "private-a", data: { n: 1 }, user_id: "the-boss" });
    await until(() => witness.framesOf("client-e").length === 1);
    expect(witness.framesOf("client-e")).toEqual([
      { event: "client-e", channel: "private-a", data: { n: 1 } },
    ]);
  });
});

describe("a client event is refused, and the connection stays,", () => {
  async function aPair(name: string, options: Parameters<typeof aServer>[0] = {}) {
    const { port } = await aServer(options);
    const [sender, witness] = [await aSocket(port), await aSocket(port)];
    witness.subscribe(name, name.startsWith("presence-") ? { user_id: "ana" } : undefined);
    await witness.settled();
    const refused = async () => {
      await sender.settled();
      await witness.settled();
      expect(witness.framesOf("client-e")).toEqual([]);
      expect(sender.dataOf("pusher:error")).toMatchObject([{ code: 4301 }]);
      expect(sender.closeCode()).toBeUndefined();
    };
    return { sender, witness, refused };
  }

  test("on a public channel", async () => {
    const { sender, refused } = await aPair("public-a");
    sender.subscribe("public-a");
    sender.send({ event: "client-e", channel: "public-a", data: {} });
    await refused();
  });

  test("on an encrypted channel", async () => {
    const { sender, refused } = await aPair("private-encrypted-a");
    sender.subscribe("private-encrypted-a");
    sender.send({ event: "client-e", channel: "private-encrypted-a", data: {} });
    await refused();
  });

  test.each(["private-a", "presence-a"])("on %s by someone who has not joined", async (name) => {
    const { sender, refused } = await aPair(name);
    sender.send({ event: "client-e", channel: name, data: {} });
    await refused();
  });

  test("on no channel", async () => {
    const { sender, refused } = await aPair("private-a");
    sender.send({ event: "client-e", data: {} });
    await refused();
  });

  test("when the app does not want any", async () => {
    const { sender, refused } = await aPair("private-a", { apps: [{ ...APP, clientEvents: false }] });
    sender.subscribe("private-a");
    sender.send({ event: "client-e", channel: "private-a", data: {} });
    await refused();
  });

  test("with more than 10,240 bytes", async () => {
    const { sender, witness, refused } = await aPair("private-a");
    sender.subscribe("private-a");
    sender.send({ event: "client-ok", channel: "private-a", data: "é".repeat(5_120) });
    sender.send({ event: "client-e", channel: "private-a", data: `${"é".repeat(5_120)}x` });
    await refused();
    expect(witness.framesOf("client-ok")).toHaveLength(1);
  });

  test("with a name of more than 200 characters", async () => {
    const { sender, witness } = await aPair("private-a");
    sender.subscribe("private-a");
    sender.send({ event: `client-${"x".repeat(194)}`, channel: "private-a", data: {} });
    await sender.settled();
    await witness.settled();
    expect(sender.dataOf("pusher:error")).toMatchObject([{ code: 4301 }]);
    expect(witness.frames.filter(({ event }) => event.startsWith("client-"))).toEqual([]);
  });
});

test("ten client events a second: the eleventh gets 4301, the next second is free again", async () => {
  const { clock, advance } = aClock();
  const { port } = await aServer({ clock });
  const [sender, witness] = [
    await aConnectedBrowser(port, { userId: "ana" }),
    await aConnectedBrowser(port, { userId: "bea" }),
  ];
  for (const browser of [sender, witness]) await join(browser, "private-a");
  const received = collect(witness.channel("private-a"), "client-e");
  const errors = collect(sender.connection, "error");
  const burst = (length: number) => {
    for (let n = 0; n < length; n += 1) sender.channel("private-a").trigger("client-e", { n });
  };
  burst(11);
  await until(() => errors.length === 1);
  expect(errors).toMatchObject([{ data: { code: 4301 } }]);
  await until(() => received.length === 10);
  advance(1);
  burst(10);
  await until(() => received.length === 20);
  expect(errors).toHaveLength(1);
  expect(sender.connection.state).toBe("connected");
});
