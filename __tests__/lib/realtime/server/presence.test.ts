import { createHmac } from "node:crypto";
import type PusherJs from "pusher-js";
import type { Members, PresenceChannel } from "pusher-js";
import { describe, expect, test } from "vitest";
import { APP, aConnectedBrowser, anSdk, aServer, aSocket, collect, join, until } from "./support.ts";

const ROOM = "presence-room";

async function aRoomWithAna() {
  const { port, stats } = await aServer();
  const ana = await aConnectedBrowser(port, { userId: "ana", userInfo: { name: "Ana Núñez" } });
  await join(ana, ROOM);
  const added = collect(ana.channel(ROOM), "pusher:member_added");
  const removed = collect(ana.channel(ROOM), "pusher:member_removed");
  return { port, stats, ana, added, removed };
}

/** By its prefix a channel is known to be a presence channel; the types do not say so. */
const membersOf = (browser: PusherJs): Members => (browser.channel(ROOM) as PresenceChannel).members;

/** Resolves when everything the server has said to this browser so far has arrived. */
async function caughtUp(port: number, browser: PusherJs) {
  const fence = collect(browser.channel(ROOM), "fence");
  await anSdk(port).trigger(ROOM, "fence", {});
  await until(() => fence.length === 1);
}

describe("members", () => {
  test("the newcomer sees everyone, itself included", async () => {
    const { port, ana } = await aRoomWithAna();
    const bea = await aConnectedBrowser(port, { userId: "bea" });
    await join(bea, ROOM);
    expect(membersOf(bea).count).toBe(2);
    expect(membersOf(bea).me).toEqual({ id: "bea", info: null });
    expect(membersOf(bea).members).toEqual({ ana: { name: "Ana Núñez" }, bea: null });
    expect(membersOf(ana).me).toEqual({ id: "ana", info: { name: "Ana Núñez" } });
    await until(() => membersOf(ana).count === 2);
  });

  test("on the wire as documented", async () => {
    const { port } = await aRoomWithAna();
    const bea = await aSocket(port);
    bea.subscribe(ROOM, { user_id: "bea", user_info: { name: "Bea" } });
    await until(() => bea.framesOf("pusher_internal:subscription_succeeded").length === 1);
    expect(bea.dataOf("pusher_internal:subscription_succeeded")).toEqual([
      {
        presence: {
          ids: ["ana", "bea"],
          hash: { ana: { name: "Ana Núñez" }, bea: { name: "Bea" } },
          count: 2,
        },
      },
    ]);
    // Not told of its own arrival.
    await bea.settled();
    expect(bea.framesOf("pusher_internal:member_added")).toEqual([]);
  });

  test("the others hear of the first tab and the last one only", async () => {
    const { port, ana, added, removed } = await aRoomWithAna();
    const firstTab = await aConnectedBrowser(port, { userId: "bea", userInfo: { name: "Bea" } });
    const secondTab = await aConnectedBrowser(port, { userId: "bea", userInfo: { name: "Bea" } });
    await join(firstTab, ROOM);
    await join(secondTab, ROOM);
    await caughtUp(port, ana);
    expect(added).toEqual([{ id: "bea", info: { name: "Bea" } }]);

    firstTab.unsubscribe(ROOM);
    // Answered after the server has seen the unsubscription.
    await join(firstTab, "private-fence");
    await caughtUp(port, ana);
    expect(removed).toEqual([]);
    expect(membersOf(ana).count).toBe(2);

    secondTab.unsubscribe(ROOM);
    await until(() => removed.length === 1);
    expect(removed).toMatchObject([{ id: "bea" }]);
    expect(membersOf(ana).count).toBe(1);
  });

  test("a second tab of the same user hears nothing of itself", async () => {
    const { port, ana, added } = await aRoomWithAna();
    const tab = await aConnectedBrowser(port, { userId: "ana" });
    await join(tab, ROOM);
    await caughtUp(port, ana);
    expect(added).toEqual([]);
    expect(membersOf(tab).count).toBe(1);
  });

  test("a connection that breaks off is a departure", async () => {
    const { port, removed, stats } = await aRoomWithAna();
    const bea = await aSocket(port);
    bea.subscribe(ROOM, { user_id: "bea" });
    await bea.settled();
    bea.ws.terminate();
    await until(() => removed.length === 1);
    expect(removed).toMatchObject([{ id: "bea" }]);
    expect(stats().connections).toBe(1);
  });

  test("subscribing again as the same user changes nothing", async () => {
    const { port, added, removed } = await aRoomWithAna();
    const bea = await aSocket(port);
    bea.subscribe(ROOM, { user_id: "bea" });
    bea.subscribe(ROOM, { user_id: "bea" });
    await bea.settled();
    expect(bea.framesOf("pusher_internal:subscription_succeeded")).toHaveLength(2);
    bea.subscribe(ROOM, { user_id: "carla" });
    await bea.settled();
    expect(bea.dataOf("pusher:subscription_error")).toMatchObject([{ status: 409 }]);
    bea.ws.terminate();
    await until(() => removed.length === 1);
    expect(added).toHaveLength(1);
  });
});

describe("channel_data", () => {
  async function answerTo(channelData: string | undefined, limits = {}) {
    const { port } = await aServer({ limits });
    const socket = await aSocket(port);
    // The SDK refuses to sign some of these, so the text is signed as if it were part of the name.
    const signedName = channelData === undefined ? ROOM : `${ROOM}:${channelData}`;
    const text = `${socket.socketId()}:${signedName}`;
    const auth = `${APP.key}:${createHmac("sha256", APP.secret).update(text).digest("hex")}`;
    socket.send({ event: "pusher:subscribe", data: { channel: ROOM, auth, channel_data: channelData } });
    await socket.settled();
    return socket;
  }

  test.each([
    ["is missing", undefined],
    ["is not JSON", "ana"],
    ["is no object", '"ana"'],
    ["has no user", '{"user_info":{}}'],
    ["has an empty user", '{"user_id":""}'],
    ["has a user of 129 characters", JSON.stringify({ user_id: "x".repeat(129) })],
    ["has more than 1 KB about the user", JSON.stringify({ user_id: "u", user_info: "x".repeat(1_023) })],
  ])("is refused when it %s", async (_flaw, channelData) => {
    const socket = await answerTo(channelData);
    expect(socket.dataOf("pusher:subscription_error")).toMatchObject([{ status: 400 }]);
  });

  test("may name the user by a number", async () => {
    const socket = await answerTo('{"user_id":42,"user_info":{"name":"Ana"}}');
    expect(socket.dataOf("pusher_internal:subscription_succeeded")).toMatchObject([
      { presence: { ids: ["42"], hash: { 42: { name: "Ana" } } } },
    ]);
  });

  test("may hold exactly 1 KB about the user", async () => {
    const socket = await answerTo(JSON.stringify({ user_id: "u", user_info: "x".repeat(1_022) }));
    expect(socket.framesOf("pusher_internal:subscription_succeeded")).toHaveLength(1);
  });
});

test("a full room takes no new member, but another tab of one", async () => {
  const { port } = await aServer({ limits: { presenceMembers: 2 } });
  for (const userId of ["ana", "bea"]) {
    expect(await join(await aConnectedBrowser(port, { userId }), ROOM)).toBe("succeeded");
  }
  const carla = await aConnectedBrowser(port, { userId: "carla" });
  expect(await join(carla, ROOM)).toMatchObject({ type: "LimitReached", status: 4004 });
  expect(carla.connection.state).toBe("connected");
  expect(await join(await aConnectedBrowser(port, { userId: "bea" }), ROOM)).toBe("succeeded");
});
