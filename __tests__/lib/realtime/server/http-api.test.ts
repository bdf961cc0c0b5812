import { createHash, createHmac } from "node:crypto";
import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { describe, expect, test } from "vitest";
import { APP, aConnectedBrowser, anSdk, aServer, aSocket, collect, join, until } from "./support.ts";

/** A request signed by hand, so that each part can be wrong on its own. */
function signed(method: string, path: string, body: string, forged: Record<string, string | null> = {}) {
  const params: Record<string, string> = {
    auth_key: APP.key,
    auth_timestamp: String(Math.floor(Date.now() / 1000)),
    auth_version: "1.0",
    body_md5: createHash("md5").update(body).digest("hex"),
  };
  for (const [name, value] of Object.entries(forged)) {
    if (value === null) delete params[name];
    else params[name] = value;
  }
  const query = Object.entries(params)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map((pair) => pair.join("="))
    .join("&");
  const signature = createHmac("sha256", APP.secret).update(`${method}\n${path}\n${query}`).digest("hex");
  return { query, signature };
}

const PATH = `/apps/${APP.id}/events`;
const BODY = JSON.stringify({ name: "e", data: "{}", channels: ["private-a"] });
const oldTimestamp = (seconds: number) => String(Math.floor(Date.now() / 1000) + seconds);

describe("a request that cannot be believed", () => {
  type Forgery = {
    params?: Record<string, string | null>;
    signature?: string;
    sentBody?: string;
    sentPath?: string;
  };

  test.each<[string, Forgery]>([
    ["a bad signature", { signature: "0".repeat(64) }],
    ["no signature", { signature: "" }],
    ["a signature in upper case of another length", { signature: "AB" }],
    ["a wrong key", { params: { auth_key: "another-key" } }],
    ["no key", { params: { auth_key: null } }],
    ["another version", { params: { auth_version: "2.0" } }],
    ["a time 601 s ago", { params: { auth_timestamp: oldTimestamp(-602) } }],
    ["a time 601 s ahead", { params: { auth_timestamp: oldTimestamp(602) } }],
    ["no time", { params: { auth_timestamp: null } }],
    ["a time that is no number", { params: { auth_timestamp: "NaN" } }],
    ["a wrong md5", { params: { body_md5: "0".repeat(32) } }],
    ["no md5", { params: { body_md5: null } }],
    ["an altered body", { sentBody: BODY.replace('"{}"', '"[]"') }],
    ["an altered path", { sentPath: `/apps/${APP.id}/batch_events` }],
    ["the path of another app", { sentPath: "/apps/2002/events" }],
  ])("with %s gets 401 and delivers nothing", async (_flaw, forgery) => {
    const { port, stats } = await aServer();
    const socket = await aSocket(port);
    socket.subscribe("private-a");
    await socket.settled();
    const { query, signature } = signed("POST", PATH, BODY, forgery.params);
    const target = `http://127.0.0.1:${port}${forgery.sentPath ?? PATH}?${query}&auth_signature=${forgery.signature ?? signature}`;
    const response = await fetch(target, { method: "POST", body: forgery.sentBody ?? BODY });
    expect(response.status).toBe(401);
    expect(await response.text()).not.toBe("");
    await socket.settled();
    expect(socket.framesOf("e")).toEqual([]);
    expect(stats().counters.requestsRefused).toEqual({ 401: 1 });
  });

  test("while the same one, unaltered, is served", async () => {
    const { port } = await aServer();
    const socket = await aSocket(port);
    socket.subscribe("private-a");
    await socket.settled();
    const { query, signature } = signed("POST", PATH, BODY);
    const target = `http://127.0.0.1:${port}${PATH}?${query}&auth_signature=${signature}`;
    const response = await fetch(target, { method: "POST", body: BODY });
    expect([response.status, await response.json()]).toEqual([200, {}]);
    await until(() => socket.framesOf("e").length === 1);
  });

  test("with a body that is not JSON gets 400", async () => {
    const { port } = await aServer();
    const { query, signature } = signed("POST", PATH, "{broken");
    const target = `http://127.0.0.1:${port}${PATH}?${query}&auth_signature=${signature}`;
    expect((await fetch(target, { method: "POST", body: "{broken" })).status).toBe(400);
  });

  test("and of unknown length is cut off at 200 KB, before anything else is looked at", async () => {
    const { port } = await aServer();
    const statusOf = async (chunks: number) => {
      const sending = request({ host: "127.0.0.1", port, path: PATH, method: "POST" });
      sending.on("error", () => {});
      for (let n = 0; n < chunks; n += 1) sending.write(Buffer.alloc(1_024));
      sending.end();
      const [response]: IncomingMessage[] = await once(sending, "response");
      response?.resume();
      return response?.statusCode;
    };
    expect(await statusOf(200)).toBe(401);
    expect(await statusOf(201)).toBe(413);
  });

  test("with a query that cannot be decoded gets 400", async () => {
    const { port } = await aServer();
    expect((await fetch(`http://127.0.0.1:${port}${PATH}?a=%E0%A4%A`)).status).toBe(400);
  });

  test("with a published secret is refused where other machines can reach the port", async () => {
    const apps = [{ ...APP, secret: "app-secret" }];
    const open = await aServer({ apps, host: "0.0.0.0" });
    const local = await aServer({ apps });
    const credentials = { secret: "app-secret" };
    await expect(anSdk(open.port, credentials).get({ path: "/channels" })).rejects.toMatchObject({
      status: 403,
    });
    expect((await anSdk(local.port, credentials).get({ path: "/channels" })).status).toBe(200);
  });
});

describe("a path that does not exist", () => {
  test.each(["/", "/apps", "/apps/1001", "/app/suite-key", "/metrics", "/%E0%A4%A"])(
    "%s answers 404",
    async (path) => {
      const { port } = await aServer();
      expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404);
    },
  );

  test("below a known app answers 404 to who may ask", async () => {
    const { port } = await aServer();
    await expect(anSdk(port).get({ path: "/nothing" })).rejects.toMatchObject({ status: 404 });
    await expect(anSdk(port).get({ path: "/events" })).rejects.toMatchObject({ status: 404 });
    expect((await fetch(`http://127.0.0.1:${port}/apps/1001/nothing`)).status).toBe(401);
  });
});

describe("questions about channels", () => {
  async function aBusyServer() {
    const { port } = await aServer();
    const [ana, bea] = await Promise.all(["ana", "bea"].map((userId) => aConnectedBrowser(port, { userId })));
    const tab = await aConnectedBrowser(port, { userId: "ana" });
    for (const browser of [ana, bea, tab]) if (browser) await join(browser, "presence-room");
    await join(tab, "private-room");
    const sdk = anSdk(port);
    const get = async (path: string, params?: Record<string, string>) =>
      await (await sdk.get({ path, ...(params && { params }) })).json();
    return { sdk, get, tab };
  }

  test("list the occupied ones, by prefix, with counts", async () => {
    const { get, sdk } = await aBusyServer();
    expect(await get("/channels")).toEqual({ channels: { "presence-room": {}, "private-room": {} } });
    expect(await get("/channels", { filter_by_prefix: "presence-", info: "user_count" })).toEqual({
      channels: { "presence-room": { user_count: 2 } },
    });
    expect(await get("/channels", { filter_by_prefix: "nobody-" })).toEqual({ channels: {} });
    await expect(sdk.get({ path: "/channels", params: { info: "user_count" } })).rejects.toMatchObject({
      status: 400,
    });
  });

  test("tell whether one is occupied and by how many", async () => {
    const { get, sdk } = await aBusyServer();
    expect(await get("/channels/presence-room", { info: "subscription_count,user_count" })).toEqual({
      occupied: true,
      subscription_count: 3,
      user_count: 2,
    });
    expect(await get("/channels/private-room")).toEqual({ occupied: true });
    expect(await get("/channels/private-empty", { info: "subscription_count" })).toEqual({
      occupied: false,
      subscription_count: 0,
    });
    await expect(
      sdk.get({ path: "/channels/private-room", params: { info: "user_count" } }),
    ).rejects.toMatchObject({ status: 400 });
    await expect(sdk.get({ path: "/channels/not%20ok" })).rejects.toMatchObject({ status: 400 });
  });

  test("tell who is present, on presence channels only", async () => {
    const { get, sdk } = await aBusyServer();
    expect(await get("/channels/presence-room/users")).toEqual({ users: [{ id: "ana" }, { id: "bea" }] });
    expect(await get("/channels/presence-empty/users")).toEqual({ users: [] });
    await expect(sdk.get({ path: "/channels/private-room/users" })).rejects.toMatchObject({ status: 400 });
  });

  test("show a channel vacant once the last one has left", async () => {
    const { get, tab } = await aBusyServer();
    const errors = collect(tab.connection, "error");
    tab.unsubscribe("private-room");
    await join(tab, "private-fence");
    expect(await get("/channels/private-room")).toEqual({ occupied: false });
    expect(errors).toEqual([]);
  });
});

test("the health of the server needs no signature", async () => {
  const { port } = await aServer();
  const browser = await aConnectedBrowser(port);
  await join(browser, "private-a");
  const response = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect([response.status, await response.json()]).toEqual([
    200,
    { status: "ok", connections: 1, channels: 1 },
  ]);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`, { method: "POST" })).status).toBe(404);
});
