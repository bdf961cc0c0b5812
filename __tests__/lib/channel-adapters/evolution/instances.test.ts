import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEvolutionAdapter } from "#lib/channel-adapters/evolution/adapter.ts";
import { type GatewayServer, OPEN, replay, startGateway } from "./gateway-server.ts";

const adapter = createEvolutionAdapter({ cleanupMs: 0 });
const webhook = { url: "https://recado.example/api/webhooks/evolution/chn_1", secret: "s3cr3t" };

/** §5, to the letter. */
const EVENTS =
  "QRCODE_UPDATED, CONNECTION_UPDATE, STATUS_INSTANCE, LOGOUT_INSTANCE, MESSAGES_SET, MESSAGES_UPSERT, MESSAGES_EDITED, MESSAGES_UPDATE, MESSAGES_DELETE, SEND_MESSAGE, SEND_MESSAGE_UPDATE, CONTACTS_UPSERT, PRESENCE_UPDATE, CALL, GROUPS_UPSERT, GROUP_PARTICIPANTS_UPDATE".split(
    ", ",
  );
const WEBHOOK_SETTING = {
  enabled: true,
  url: webhook.url,
  headers: { "X-Hook-Secret": "s3cr3t" },
  events: EVENTS,
  byEvents: false,
  base64: false,
};
const MISSING = { "GET instance/connectionState": replay("state-unknown") };
const CLOSED = { "GET instance/connectionState": replay("state-close") };
const CONNECTING = { "GET instance/connectionState": replay("state-connecting") };

let gateway: GatewayServer;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

/** A row of fetchInstances under the name that these tests use. */
function row(recording: string) {
  const { status, body } = replay(recording);
  const rows = Array.isArray(body) ? body : [];
  return { status, body: rows.map((item) => ({ ...item, name: gateway.access.instanceName })) };
}

describe("connect", () => {
  test("creates a missing instance with our webhook and answers its QR code", async () => {
    gateway.answer({ ...MISSING, "POST instance/create": replay("create-baileys-qr") });
    const state = await adapter.connect(gateway.access, webhook);
    expect(state).toMatchObject({
      status: "qr",
      qr: { code: expect.stringMatching(/^2@/), image: expect.stringMatching(/^data:image\/png/) },
    });
    expect(gateway.calls()).toEqual(["GET instance/connectionState", "POST instance/create"]);
    expect(gateway.asked[1]?.body).toEqual({
      instanceName: gateway.access.instanceName,
      integration: "WHATSAPP-BAILEYS",
      qrcode: true,
      rejectCall: false,
      groupsIgnore: false,
      alwaysOnline: false,
      readMessages: false,
      readStatus: false,
      syncFullHistory: false,
      webhook: WEBHOOK_SETTING,
    });
  });

  test("sends the global key in the header and the name encoded in the path", async () => {
    gateway.answer({ ...MISSING, "POST instance/create": replay("create-baileys-qr") });
    await adapter.connect(gateway.access, webhook);
    expect(gateway.asked.every(({ apikey }) => apikey === "global-key")).toBe(true);
    expect(gateway.asked[0]?.path).toBe("/instance/connectionState/acme%20con%20espacio%2F%C3%B1");
  });

  test("deletes a closed instance before making it anew: a logged-out one would never receive", async () => {
    gateway.answer({
      ...CLOSED,
      "DELETE instance/delete": replay("delete-close"),
      "POST instance/create": replay("create-baileys-qr"),
    });
    expect(await adapter.connect(gateway.access, webhook)).toMatchObject({ status: "qr" });
    expect(gateway.calls()).toEqual([
      "GET instance/connectionState",
      "DELETE instance/delete",
      "POST instance/create",
    ]);
  });

  test("shows the code of an instance that waits for a scan", async () => {
    gateway.answer({
      ...CONNECTING,
      "POST webhook/set": replay("webhook-set-jwt"),
      "GET instance/connect": replay("connect-while-connecting"),
    });
    expect(await adapter.connect(gateway.access, webhook)).toMatchObject({ status: "qr" });
    expect(gateway.calls()).not.toContain("DELETE instance/delete");
  });

  test("has patience when there is no code yet", async () => {
    gateway.answer({
      ...CONNECTING,
      "POST webhook/set": replay("webhook-set-jwt"),
      "GET instance/connect": replay("offline-connect"),
    });
    expect(await adapter.connect(gateway.access, webhook)).toEqual({ status: "connecting" });
  });

  test("takes an error inside a 200 for no code yet", async () => {
    gateway.answer({
      ...CONNECTING,
      "POST webhook/set": replay("webhook-set-jwt"),
      "GET instance/connect": { status: 200, body: { error: true, message: "[object Object]" } },
    });
    expect(await adapter.connect(gateway.access, webhook)).toEqual({ status: "connecting" });
  });

  test("registers the webhook again with an open instance", async () => {
    gateway.answer({
      ...OPEN,
      "POST webhook/set": replay("webhook-set-jwt"),
      "GET instance/fetchInstances": row("fetch-open"),
    });
    expect(await adapter.connect(gateway.access, webhook)).toEqual({
      status: "connected",
      ownPhone: "51900000002",
      profileName: "Acme Ventas",
      pictureUrl: expect.stringContaining("https://pps.whatsapp.net/"),
    });
    expect(gateway.asked[1]?.body).toEqual({ webhook: WEBHOOK_SETTING });
  });

  test("asks for a pairing code with bare digits", async () => {
    gateway.answer({ ...MISSING, "POST instance/create": replay("create-with-number-qr") });
    const state = await adapter.connect(gateway.access, webhook, { pairingPhone: "+51 900 000 004" });
    expect(state).toMatchObject({ status: "qr", qr: { pairingCode: "JKSHLDCW" } });
    expect(gateway.asked[1]?.body).toMatchObject({ number: "51900000004" });
  });

  test("starts over for a pairing code, which a connecting instance would not give", async () => {
    gateway.answer({
      ...CONNECTING,
      "DELETE instance/delete": replay("delete-connecting"),
      "POST instance/create": replay("create-with-number-qr"),
    });
    await adapter.connect(gateway.access, webhook, { pairingPhone: "51900000004" });
    expect(gateway.calls()).toContain("DELETE instance/delete");
  });

  test("looks again when somebody else made the instance meanwhile", async () => {
    gateway.answer({
      "GET instance/connectionState": [replay("state-unknown"), replay("state-connecting")],
      "POST instance/create": replay("create-duplicate"),
      "POST webhook/set": replay("webhook-set-jwt"),
      "GET instance/connect": replay("connect-while-connecting"),
    });
    expect(await adapter.connect(gateway.access, webhook)).toMatchObject({ status: "qr" });
  });

  test.each([
    ["auth-wrong-key", "gateway_rejected_key"],
    ["create-bad-types", "gateway_failed"],
  ])("says why it failed (%s)", async (recording, code) => {
    gateway.answer({ "GET instance/connectionState": replay(recording) });
    await expect(adapter.connect(gateway.access, webhook)).rejects.toMatchObject({ code });
  });

  test("takes no answer of something else for the gateway's", async () => {
    gateway.answer({ "GET instance/connectionState": { status: 200, text: "<html>Welcome</html>" } });
    await expect(adapter.connect(gateway.access, webhook)).rejects.toMatchObject({ code: "gateway_failed" });
  });
});

describe("connection state", () => {
  test("after a final close tells the reason", async () => {
    gateway.answer({ ...CLOSED, "GET instance/fetchInstances": row("baileys-fetch-after-401") });
    expect(await adapter.connectionState(gateway.access)).toEqual({
      status: "disconnected",
      code: 401,
      cause: "logged_out_on_phone",
    });
  });

  test("of an instance that is gone", async () => {
    gateway.answer(MISSING);
    expect(await adapter.connectionState(gateway.access)).toEqual({
      status: "disconnected",
      cause: "instance_missing",
    });
  });

  test("does not hang on the details", async () => {
    gateway.answer({ ...OPEN, "GET instance/fetchInstances": { status: 500 } });
    expect(await adapter.connectionState(gateway.access)).toEqual({ status: "connected" });
  });

  test("never reads the stale state of the stored row", async () => {
    gateway.answer({ ...CLOSED, "GET instance/fetchInstances": row("fetch-after-qr-limit") });
    expect(await adapter.connectionState(gateway.access)).toEqual({ status: "disconnected" });
  });
});

describe("restart", () => {
  test("asks the gateway to reconnect", async () => {
    gateway.answer({ ...OPEN, "POST instance/restart": replay("baileys-restart-open") });
    await adapter.restart(gateway.access);
    expect(gateway.calls()).toContain("POST instance/restart");
  });

  test("knows that 200 with an error is an error", async () => {
    gateway.answer({ ...OPEN, "POST instance/restart": replay("restart-close") });
    await expect(adapter.restart(gateway.access)).rejects.toMatchObject({ code: "gateway_refused" });
  });

  test("of a closed instance says that it is not connected", async () => {
    gateway.answer({ ...CLOSED, "POST instance/restart": replay("restart-close") });
    await expect(adapter.restart(gateway.access)).rejects.toMatchObject({ code: "channel_disconnected" });
  });
});

describe("disconnect", () => {
  test.each(["delete-open", "delete-again"])("deletes and never logs out (%s)", async (recording) => {
    gateway.answer({ "DELETE instance/delete": replay(recording) });
    await adapter.disconnect(gateway.access);
    expect(gateway.calls()).toEqual(["DELETE instance/delete"]);
  });

  test("fails when the gateway does", async () => {
    gateway.answer({ "DELETE instance/delete": replay("auth-wrong-key") });
    await expect(adapter.disconnect(gateway.access)).rejects.toMatchObject({ code: "gateway_rejected_key" });
  });
});

describe("ping", () => {
  test.each(["fetch-open", "fetch-after-delete"])(
    "is content when the key was taken (%s)",
    async (recording) => {
      gateway.answer({ "GET instance/fetchInstances": replay(recording) });
      await expect(adapter.ping(gateway.access)).resolves.toBeUndefined();
    },
  );

  test.each([
    [replay("auth-wrong-key"), "gateway_rejected_key"],
    [{ status: 200, text: "<html></html>" }, "gateway_failed"],
    [{ status: 502, text: "Bad gateway" }, "gateway_failed"],
  ])("fails otherwise", async (reply, code) => {
    gateway.answer({ "GET instance/fetchInstances": reply });
    await expect(adapter.ping(gateway.access)).rejects.toMatchObject({ code });
  });

  test("says when nobody listens", async () => {
    const access = { ...gateway.access, baseUrl: "http://127.0.0.1:1" };
    await expect(adapter.ping(access)).rejects.toMatchObject({ code: "gateway_unreachable" });
  });

  test.each(["not a url", ""])("says when the address is none (%o)", async (baseUrl) => {
    await expect(adapter.ping({ ...gateway.access, baseUrl })).rejects.toMatchObject({
      code: "gateway_unreachable",
    });
  });
});

test.each(["..", ".", ""])("no instance is called %o, which would be another path", async (instanceName) => {
  await expect(adapter.disconnect({ ...gateway.access, instanceName })).rejects.toMatchObject({
    code: "invalid_input",
  });
});
