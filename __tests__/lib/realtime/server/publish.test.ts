import { describe, expect, test } from "vitest";
import { aConnectedBrowser, anSdk, aServer, aSocket, collect, join, until } from "./support.ts";

async function aListener(name = "private-a") {
  const { port, stats } = await aServer();
  const browser = await aConnectedBrowser(port);
  await join(browser, name);
  return { port, stats, sdk: anSdk(port), browser, channel: browser.channel(name) };
}

describe("trigger", () => {
  test.each<[string, unknown]>([
    ["an object", { id: "msg_1", n: 3, ok: true, none: null }],
    ["a string", "plain words, not JSON"],
    ["an empty object", {}],
    ["accents and emoji", { text: "¡Ñandú! ação 👩🏽‍💻 \u2028 ‮ 漢字" }],
    ["JSON inside JSON", { payload: JSON.stringify({ quote: '"', nested: JSON.stringify(["\\"]) }) }],
    ["a list", [1, [2, [3, { four: [] }]]]],
    ["keys that are words of the language", { constructor: 1, toString: 2 }],
  ])("brings %s over unchanged", async (_kind, data) => {
    const { sdk, channel } = await aListener();
    const received = collect(channel, "message.created");
    await sdk.trigger("private-a", "message.created", data);
    await until(() => received.length === 1);
    expect(received).toEqual([data]);
  });

  test("leaves the data string as it was written", async () => {
    const { port } = await aServer();
    const socket = await aSocket(port);
    socket.subscribe("private-a");
    await socket.settled();
    const written = '{ "a" : 1.0,\n"b":"\\u00e9" }';
    await anSdk(port).trigger("private-a", "e", written);
    await until(() => socket.framesOf("e").length === 1);
    expect(socket.framesOf("e")).toEqual([{ event: "e", channel: "private-a", data: written }]);
  });

  test("reaches several channels, each once", async () => {
    const { port } = await aServer();
    const socket = await aSocket(port);
    const names = ["private-a", "private-b", "presence-c"];
    for (const name of names) socket.subscribe(name, name === "presence-c" ? { user_id: "u1" } : undefined);
    await socket.settled();
    await anSdk(port).trigger([...names, "private-a", "private-nobody"], "e", {});
    await until(() => socket.framesOf("e").length === 3);
    await socket.settled();
    expect(socket.framesOf("e").map(({ channel }) => channel)).toEqual(names);
  });

  test("spares the socket it names", async () => {
    const { port, sdk, browser, channel } = await aListener();
    const other = await aConnectedBrowser(port);
    await join(other, "private-a");
    const own = collect(channel, "e");
    const others = collect(other.channel("private-a"), "e");
    await sdk.trigger("private-a", "e", { n: 1 }, { socket_id: browser.connection.socket_id });
    await sdk.trigger("private-a", "e", { n: 2 });
    await until(() => own.length === 1 && others.length === 2);
    expect(own).toEqual([{ n: 2 }]);
    expect(others).toEqual([{ n: 1 }, { n: 2 }]);
  });

  test("tells how many were there when asked", async () => {
    const { port, sdk } = await aListener("presence-a");
    const second = await aConnectedBrowser(port);
    await join(second, "presence-a");
    const answer = await sdk.trigger(
      ["presence-a", "private-empty"],
      "e",
      {},
      { info: "subscription_count,user_count" },
    );
    expect(await answer.json()).toEqual({
      channels: {
        "presence-a": { subscription_count: 2, user_count: 1 },
        "private-empty": { subscription_count: 0 },
      },
    });
    expect(await (await sdk.trigger("presence-a", "e", {})).json()).toEqual({});
  });
});

describe("triggerBatch", () => {
  const batch = (length: number) =>
    Array.from({ length }, (_, n) => ({ channel: "private-a", name: "e", data: { n } }));

  test("of ten arrives in order", async () => {
    const { sdk, channel } = await aListener();
    const received = collect(channel, "e");
    const answer = await sdk.triggerBatch(batch(10));
    expect(await answer.json()).toEqual({});
    await until(() => received.length === 10);
    expect(received).toEqual(batch(10).map(({ data }) => data));
  });

  test("of eleven is refused as a whole", async () => {
    const { port, sdk, channel } = await aListener();
    const received = collect(channel, "e");
    await expect(sdk.triggerBatch(batch(11))).rejects.toMatchObject({ status: 400 });
    const tooLarge = [...batch(1), { channel: "private-a", name: "e", data: "x".repeat(10_241) }];
    await expect(anSdk(port).triggerBatch(tooLarge)).rejects.toMatchObject({ status: 413 });
    const fence = collect(channel, "fence");
    await sdk.trigger("private-a", "fence", {});
    await until(() => fence.length === 1);
    expect(received).toEqual([]);
  });

  test("spares sockets and counts, event by event", async () => {
    const { sdk, browser, channel } = await aListener();
    const received = collect(channel, "e");
    const answer = await sdk.triggerBatch([
      { channel: "private-a", name: "e", data: "1", socket_id: browser.connection.socket_id },
      { channel: "private-a", name: "e", data: "2", info: "subscription_count" },
    ]);
    expect(await answer.json()).toEqual({ batch: [{}, { subscription_count: 1 }] });
    await until(() => received.length === 1);
    expect(received).toEqual([2]);
  });
});

test("two hundred events sent one after the other keep their order", async () => {
  const { sdk, channel } = await aListener();
  const received = collect(channel, "e");
  for (let start = 0; start < 200; start += 10) {
    await sdk.triggerBatch(
      Array.from({ length: 10 }, (_, n) => ({ channel: "private-a", name: "e", data: String(start + n) })),
    );
  }
  await until(() => received.length === 200);
  expect(received).toEqual(Array.from({ length: 200 }, (_, n) => n));
});

describe("limits", () => {
  test.each([
    ["ASCII", "x".repeat(10_240), "x".repeat(10_241)],
    // Two bytes each: the limit is in bytes, and half as many characters fill it.
    ["accented", "é".repeat(5_120), `${"é".repeat(5_120)}x`],
    ["emoji", "👋".repeat(2_560), `${"👋".repeat(2_560)}x`],
  ])("10,240 bytes of %s data pass, one more does not", async (_kind, fits, exceeds) => {
    const { sdk, channel } = await aListener();
    const received = collect(channel, "e");
    await sdk.trigger("private-a", "e", fits);
    await expect(sdk.trigger("private-a", "e", exceeds)).rejects.toMatchObject({ status: 413 });
    await until(() => received.length === 1);
    expect(received).toEqual([fits]);
  });

  test("a body over 200 KB is refused before it is read to the end", async () => {
    const { sdk } = await aListener();
    const huge = [{ channel: "private-a", name: "e", data: "x".repeat(300_000) }];
    await expect(sdk.triggerBatch(huge)).rejects.toMatchObject({ status: 413 });
  });

  test.each<[string, object]>([
    ["no channel", { name: "e", data: "{}" }],
    ["an empty list of channels", { name: "e", data: "{}", channels: [] }],
    ["101 channels", { name: "e", data: "{}", channels: Array.from({ length: 101 }, (_, n) => `c${n}`) }],
    ["a bad channel name", { name: "e", data: "{}", channels: ["private-a", "not ok"] }],
    ["a channel name that is too long", { name: "e", data: "{}", channels: ["x".repeat(201)] }],
    ["no name", { data: "{}", channels: ["private-a"] }],
    ["a name that is too long", { name: "x".repeat(201), data: "{}", channels: ["private-a"] }],
    ["a name of the protocol", { name: "pusher_internal:member_added", data: "{}", channels: ["private-a"] }],
    ["data that is no string", { name: "e", data: { a: 1 }, channels: ["private-a"] }],
    ["a socket id that is none", { name: "e", data: "{}", channels: ["private-a"], socket_id: "abc" }],
    ["a list", []],
  ])("a body with %s answers 400 and delivers nothing", async (_flaw, body) => {
    const { sdk, channel, stats } = await aListener();
    const fence = collect(channel, "fence");
    const before = stats().counters.framesSent;
    // The SDK turns the body into JSON itself; its types say it should be a string already.
    await expect(sdk.post({ path: "/events", body: body as never })).rejects.toMatchObject({ status: 400 });
    await sdk.trigger("private-a", "fence", {});
    await until(() => fence.length === 1);
    expect(stats().counters).toMatchObject({ framesSent: before + 1, requestsRefused: { 400: 1 } });
  });
});
