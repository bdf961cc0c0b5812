import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { createSandbox } from "#lib/channel-adapters/sandbox/simulator/create-sandbox.ts";
import {
  ANA,
  aPractice,
  BUSINESS,
  createInstance,
  type Practice,
  pairInstance,
  sendText,
  settle,
  until,
} from "./practice.ts";

const Update = z.object({ data: z.object({ state: z.string(), statusReason: z.number() }).loose() });
const Qr = z.object({ data: z.object({ qrcode: z.object({ code: z.string(), base64: z.string() }) }) });
const QrAnswer = z.object({ code: z.string(), base64: z.string(), count: z.number() });

/** Connection events in the order of their posting. */
function states(practice: Practice): string[] {
  return practice.receiver.of("connection.update").map((hook) => {
    const { data } = Update.parse(hook);
    return `${data.state} ${data.statusReason}`;
  });
}

test("a QR code is a PNG that is renewed on a timer until the limit, then the gateway gives up", async () => {
  const practice = await aPractice({ timings: { qrRenewMs: 5, qrLimit: 3 } });
  await createInstance(practice, "shop");
  await until(() => expect(states(practice)).toContain("refused 428"));
  await settle(practice, "shop");
  const codes = practice.receiver.of("qrcode.updated");
  const drawn = codes.flatMap((hook) => (Qr.safeParse(hook).success ? [Qr.parse(hook).data.qrcode] : []));
  expect(new Set(drawn.map(({ code }) => code)).size).toBe(3);
  for (const { base64 } of drawn) {
    const bytes = Buffer.from(base64.replace("data:image/png;base64,", ""), "base64");
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
  }
  expect(codes.map(({ data }) => data)).toContainEqual({
    message: "QR code limit reached, please login again",
    statusCode: 500,
  });
  expect(await practice.call("GET", "/instance/connectionState/shop")).toMatchObject({
    body: { instance: { state: "close" } },
  });
  const again = QrAnswer.parse((await practice.call("GET", "/instance/connect/shop")).body);
  expect(again.count).toBe(1);
});

test("qr_expired draws what is left at once", async () => {
  const practice = await aPractice({ timings: { qrLimit: 4 } });
  await createInstance(practice, "shop");
  await practice.control.scenario({ instance: "shop", name: "qr_expired" });
  await until(() => expect(states(practice)).toContain("refused 428"));
  await settle(practice, "shop");
  expect(practice.receiver.of("qrcode.updated")).toHaveLength(5);
});

const Sequences = z.object({
  sequences: z.array(
    z.object({
      scenario: z.string(),
      events: z.array(z.object({ event: z.string(), state: z.string().optional() }).loose()),
    }),
  ),
});

test("a scan tells connecting, open and the key notice in the recorded order", async () => {
  const file = new URL("../../../fixtures/evolution/sequences.json", import.meta.url);
  const recorded = Sequences.parse(JSON.parse(readFileSync(file, "utf8"))).sequences.find(({ scenario }) =>
    scenario.startsWith("scan of the QR"),
  );
  const practice = await aPractice({ timings: { openMs: 30, keyShareMs: 60 } });
  await createInstance(practice, "shop");
  await settle(practice, "shop");
  practice.receiver.hooks.length = 0;
  await practice.control.scan("shop", { phone: `+51 900 000 002` });
  await until(() => expect(practice.receiver.of("messages.edited")).toHaveLength(1));
  const told = practice.receiver.hooks.map(({ event, data }) => {
    const state = z.object({ state: z.string() }).safeParse(data);
    return state.success ? `${event} ${state.data.state}` : event;
  });
  expect(told).toEqual(recorded?.events.map(({ event, state }) => (state ? `${event} ${state}` : event)));
});

test("a phone that was asked for a pairing code gets one of eight letters", async () => {
  const practice = await aPractice();
  await createInstance(practice, "shop", { qrcode: false });
  const { body } = await practice.call("GET", "/instance/connect/shop?number=51900000002");
  expect(body).toMatchObject({ pairingCode: expect.stringMatching(/^[1-9A-Z]{8}$/) });
});

test("a removal on the phone ends the login with three events; a new scan brings messages again", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  practice.receiver.hooks.length = 0;
  await practice.control.logout("shop");
  await settle(practice, "shop");
  expect(practice.receiver.hooks.map(({ event }) => event).sort()).toEqual([
    "connection.update",
    "logout.instance",
    "status.instance",
  ]);
  expect(states(practice)).toEqual(["close 401"]);
  await practice.call("GET", "/instance/connect/shop");
  await practice.control.scan("shop", { phone: BUSINESS });
  await until(async () => expect(await practice.control.instance("shop")).toMatchObject({ state: "open" }));
  await practice.control.write("shop", ANA, { type: "text", text: "hola" });
  await until(() => expect(practice.receiver.of("messages.upsert")).toHaveLength(1));
});

test("after a logout through the API nothing comes in until the instance is made anew (rule 8)", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  await practice.call("DELETE", "/instance/logout/shop");
  await practice.call("GET", "/instance/connect/shop");
  await practice.control.scan("shop", { phone: BUSINESS });
  await until(async () => expect(await practice.control.instance("shop")).toMatchObject({ state: "open" }));
  await sendText(practice, "shop", ANA, "sending still works");
  await practice.control.write("shop", ANA, { type: "text", text: "lost" });
  await settle(practice, "shop");
  expect(practice.receiver.of("send.message")).toHaveLength(1);
  expect(practice.receiver.of("messages.upsert")).toHaveLength(0);
  await practice.call("DELETE", "/instance/delete/shop");
  await pairInstance(practice, "shop");
  await practice.control.write("shop", ANA, { type: "text", text: "heard" });
  await until(() => expect(practice.receiver.of("messages.upsert")).toHaveLength(1));
});

test("what the phone knows comes as history when a number is linked to a new instance", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const written = await practice.control.write("shop", ANA, { type: "text", text: "before", name: "Ana" });
  await settle(practice, "shop");
  await practice.call("DELETE", "/instance/delete/shop");
  await pairInstance(practice, "shop");
  await until(() => expect(practice.receiver.of("messages.set")).toHaveLength(1));
  expect(practice.receiver.of("messages.set")[0]?.data).toMatchObject([
    { key: { id: written.id, fromMe: false }, message: { conversation: "before" } },
  ]);
});

test("a cut line has no close event; what was written meanwhile comes when it is back", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  practice.receiver.hooks.length = 0;
  await practice.control.setLine("shop", false);
  await practice.control.write("shop", ANA, { type: "text", text: "while away" });
  expect(await practice.call("POST", "/message/sendText/shop", { number: ANA, text: "x" })).toMatchObject({
    status: 500,
  });
  await settleExceptInbound(practice);
  expect(practice.receiver.of("messages.upsert")).toHaveLength(0);
  await practice.control.setLine("shop", true);
  await until(() => expect(practice.receiver.of("messages.upsert")).toHaveLength(1));
  expect(states(practice)).not.toContain("close 428");
});

async function settleExceptInbound(practice: Practice): Promise<void> {
  await until(async () => expect((await practice.control.instance("shop")).pendingWebhooks).toBe(0));
}

test("final codes close the connection, 440 is a tug of war, a storm ends open", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  practice.receiver.hooks.length = 0;
  await practice.control.scenario({ instance: "shop", name: "disconnect", code: 440 });
  await until(() =>
    expect(states(practice).filter((state) => state === "open 200").length).toBeGreaterThanOrEqual(5),
  );
  practice.receiver.hooks.length = 0;
  await practice.control.scenario({ instance: "shop", name: "connecting_storm", count: 30 });
  await until(() => expect(states(practice)).toContain("open 200"));
  await settle(practice, "shop");
  expect(states(practice).filter((state) => state === "connecting 200")).toHaveLength(30);
  await practice.control.scenario({ instance: "shop", name: "banned" });
  await until(() => expect(states(practice)).toContain("close 403"));
  expect(await practice.call("GET", "/instance/fetchInstances?instanceName=shop")).toMatchObject({
    body: [{ connectionStatus: "close", disconnectionReasonCode: 403 }],
  });
});

test("it does not start in production", () => {
  const options = { port: 0, host: "127.0.0.1", dataDir: "/nowhere", apiKey: "k" };
  expect(() => createSandbox({ ...options, production: true })).toThrow(/production/);
});

test("the control API refuses web pages and, with a token, whoever does not know it", async () => {
  const open = await aPractice();
  const from = (headers: Record<string, string>) =>
    fetch(`${open.sandbox.url}/sandbox/instances`, { headers });
  expect((await from({})).status).toBe(200);
  expect((await from({ origin: "https://example.com" })).status).toBe(403);
  const closed = await aPractice({ controlToken: "secret" });
  await expect(closed.control.instances()).rejects.toMatchObject({ status: 401, code: "unauthorized" });
  const known = await fetch(`${closed.sandbox.url}/sandbox/instances`, {
    headers: { "x-sandbox-token": "secret" },
  });
  expect(await known.json()).toEqual([]);
});
