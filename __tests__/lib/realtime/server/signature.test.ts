import { describe, expect, test } from "vitest";
import {
  mayJoin,
  maySignIn,
  parseQuery,
  requestRefusal,
  type SignedRequest,
  splitTarget,
} from "#lib/realtime/server/signature.ts";
import vectors from "../../../fixtures/pusher/vectors.json" with { type: "json" };

const app = { id: vectors.app_id, key: vectors.key, secret: vectors.secret };

/** The same text with its last character replaced. */
function changed(text: string): string {
  return text.slice(0, -1) + (text.endsWith("1") ? "2" : "1");
}

describe.each(vectors.channel_auth)("channel token for $channel", (vector) => {
  const proof = {
    socketId: vector.socket_id,
    channel: vector.channel,
    auth: vector.auth,
    channelData: vector.channel_data,
  };

  test("is accepted", () => expect(mayJoin(app, proof)).toBe(true));

  test("is refused when anything is changed", () => {
    expect(mayJoin(app, { ...proof, auth: changed(proof.auth) })).toBe(false);
    expect(mayJoin(app, { ...proof, auth: `x${proof.auth}` })).toBe(false);
    expect(mayJoin(app, { ...proof, auth: proof.auth.slice(app.key.length + 1) })).toBe(false);
    expect(mayJoin(app, { ...proof, auth: "" })).toBe(false);
    expect(mayJoin(app, { ...proof, socketId: changed(proof.socketId) })).toBe(false);
    expect(mayJoin(app, { ...proof, channel: changed(proof.channel) })).toBe(false);
    expect(mayJoin(app, { ...proof, channelData: `${proof.channelData ?? ""} ` })).toBe(false);
    expect(mayJoin({ ...app, secret: changed(app.secret) }, proof)).toBe(false);
    expect(mayJoin({ ...app, key: changed(app.key) }, proof)).toBe(false);
  });
});

describe.each(vectors.user_auth)("sign-in token for $user_data", (vector) => {
  const proof = { socketId: vector.socket_id, auth: vector.auth, userData: vector.user_data };

  test("is accepted", () => expect(maySignIn(app, proof)).toBe(true));

  test("is refused when anything is changed", () => {
    expect(maySignIn(app, { ...proof, auth: changed(proof.auth) })).toBe(false);
    expect(maySignIn(app, { ...proof, socketId: changed(proof.socketId) })).toBe(false);
    expect(maySignIn(app, { ...proof, userData: changed(proof.userData) })).toBe(false);
    expect(maySignIn({ ...app, secret: changed(app.secret) }, proof)).toBe(false);
  });
});

describe.each(vectors.http)("request $method $path", (vector) => {
  const { path, query } = splitTarget(vector.request_target);
  const params = parseQuery(query) ?? new Map<string, string>();
  const request: SignedRequest = {
    method: vector.method,
    path,
    params,
    body: Buffer.from(vector.body ?? ""),
  };
  const nowMs = vector.auth_timestamp * 1000;

  test("is believed", () => {
    expect(path).toBe(vector.path);
    expect(requestRefusal(app, request, nowMs)).toBeNull();
  });

  test("is refused when anything is changed", () => {
    const refused = (part: Partial<SignedRequest>) => requestRefusal(app, { ...request, ...part }, nowMs);
    expect(refused({ method: vector.method === "GET" ? "POST" : "GET" })).toMatch(/auth_signature/);
    expect(refused({ path: `${path}/` })).toMatch(/auth_signature/);
    expect(refused({ body: Buffer.from(`${vector.body ?? ""} `) })).toMatch(/body_md5/);
    for (const [name, value] of params) {
      expect(refused({ params: new Map([...params, [name, changed(value)]]) }), name).not.toBeNull();
      expect(
        refused({ params: new Map([...params].filter(([other]) => other !== name)) }),
        name,
      ).not.toBeNull();
    }
    expect(refused({ params: new Map([...params, ["extra", "1"]]) })).toMatch(/auth_signature/);
    expect(requestRefusal({ ...app, secret: changed(app.secret) }, request, nowMs)).toMatch(/auth_signature/);
  });

  test("is believed for ten minutes around its time", () => {
    for (const skewS of [-600, 600]) expect(requestRefusal(app, request, nowMs + skewS * 1000)).toBeNull();
    for (const skewS of [-601, 601]) {
      expect(requestRefusal(app, request, nowMs + skewS * 1000)).toMatch(/auth_timestamp/);
    }
  });
});

test("Pusher's own published example is believed", () => {
  const body = '{"name":"foo","channels":["project-3"],"data":"{\\"some\\":\\"data\\"}"}';
  const params = new Map([
    ["auth_key", "278d425bdf160c739803"],
    ["auth_timestamp", "1353088179"],
    ["auth_version", "1.0"],
    ["body_md5", "ec365a775a4cd0599faeb73354201b6f"],
    ["auth_signature", "da454824c97ba181a32ccc17a72625ba02771f50b50e1e7430e47a1f3f457e6c"],
  ]);
  const published = {
    id: "3",
    key: "278d425bdf160c739803",
    secret: "7ad3773142a6692b25b8",
  };
  const request = { method: "POST", path: "/apps/3/events", params, body: Buffer.from(body) };
  expect(requestRefusal(published, request, 1353088179_000)).toBeNull();
});

test("query values are decoded, and a plus stays a plus", () => {
  const query = parseQuery("a=x%20y&B=1%2C2&c=a+b&d=e=f&g");
  expect([...(query ?? [])]).toEqual([
    ["a", "x y"],
    ["b", "1,2"],
    ["c", "a+b"],
    ["d", "e=f"],
    ["g", ""],
  ]);
  expect(parseQuery("a=%E0%A4%A")).toBeNull();
});
