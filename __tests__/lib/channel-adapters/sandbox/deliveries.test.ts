import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { createControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import {
  ANA,
  API_KEY,
  aPractice,
  createInstance,
  FAST,
  pairInstance,
  sendText,
  settle,
  startReceiver,
  until,
} from "./practice.ts";

test("a refused webhook is repeated byte for byte, ten times in all, and overtaken by others", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  practice.receiver.hooks.length = 0;
  practice.receiver.answer = ({ raw }) => (raw.includes("stubborn") ? 500 : 200);
  await sendText(practice, "shop", ANA, "stubborn");
  await sendText(practice, "shop", ANA, "easy");
  await settle(practice, "shop");
  const sends = practice.receiver.of("send.message");
  const stubborn = sends.filter(({ raw }) => raw.includes("stubborn"));
  expect(stubborn).toHaveLength(10);
  expect(new Set(stubborn.map(({ raw }) => raw)).size).toBe(1);
  expect(sends.findIndex(({ raw }) => raw.includes("easy"))).toBeLessThan(9);
  expect(stubborn[0]?.headers).toMatchObject({ "x-hook-secret": "s3cr3t", "user-agent": "axios/1.12.2" });
});

test.each([400, 401, 403, 404, 422])("a %i is never repeated", async (status) => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  practice.receiver.answer = () => status;
  await sendText(practice, "shop", ANA, "once");
  await settle(practice, "shop");
  expect(practice.receiver.of("send.message")).toHaveLength(1);
});

test.each([[302], [413], [503], [null]])("a %s is repeated", async (status) => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  practice.receiver.answer = ({ event }) => (practice.receiver.of(event).length < 3 ? status : 200);
  await sendText(practice, "shop", ANA, "thrice");
  await settle(practice, "shop");
  expect(practice.receiver.of("send.message")).toHaveLength(3);
});

test("an edit that is not taken holds up everything behind it (rule 7)", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const { control, receiver } = practice;
  const first = await control.write("shop", ANA, { type: "text", text: "uno" });
  await settle(practice, "shop");
  let takes = false;
  receiver.answer = ({ event }) => (event === "messages.edited" && !takes ? 500 : 200);
  const before = receiver.of("messages.edited").length;
  await control.write("shop", ANA, { type: "edit", target: first.id, text: "dos" });
  await control.write("shop", ANA, { type: "text", text: "behind" });
  await until(() => expect(receiver.of("messages.edited").length).toBeGreaterThan(before + 2));
  expect(receiver.of("messages.upsert")).toHaveLength(1);
  takes = true;
  await until(() => expect(receiver.of("messages.upsert")).toHaveLength(2));
});

test("an address behind the events' names, and addresses that are never called", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const set = (webhook: object) =>
    practice.call("POST", "/webhook/set/shop", {
      webhook: { enabled: true, events: ["SEND_MESSAGE"], ...webhook },
    });
  practice.receiver.hooks.length = 0;
  await set({ url: `${practice.receiver.url}/`, byEvents: true });
  await sendText(practice, "shop", ANA, "a");
  await set({ url: "ftp://example.com/x" });
  await sendText(practice, "shop", ANA, "b");
  await settle(practice, "shop");
  expect(practice.receiver.hooks.map(({ path }) => path)).toEqual(["/hook//send-message"]);
});

test("a signing key makes a bearer token instead of a header", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop", {
    webhook: { url: practice.receiver.url, events: [], headers: { jwt_key: "k", "X-Tenant": "acme" } },
  });
  const [hook] = practice.receiver.hooks;
  expect(hook?.headers).toMatchObject({
    authorization: expect.stringMatching(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/),
    "x-tenant": "acme",
  });
  expect(hook?.headers).not.toHaveProperty("jwt_key");
});

test("duplicates, losses and reordering are played as asked", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const { control, receiver } = practice;
  const sendsOf = (text: string) =>
    receiver.of("send.message").filter(({ raw }) => raw.includes(text)).length;
  await control.setFaults({ duplicateRate: 1 });
  await sendText(practice, "shop", ANA, "double");
  await settle(practice, "shop");
  await control.setFaults({ duplicateRate: 0, dropRate: 1 });
  await sendText(practice, "shop", ANA, "lost");
  await settle(practice, "shop");
  expect([sendsOf("double"), sendsOf("lost")]).toEqual([2, 0]);
  await control.scenario({ name: "calm" });
  await control.scenario({ instance: "shop", name: "reorder" });
  receiver.hooks.length = 0;
  const sent = Array.from({ length: 30 }, (_, index) => `number ${index} `);
  for (const text of sent) await sendText(practice, "shop", ANA, text);
  await settle(practice, "shop");
  const arrived = receiver.of("send.message").map(({ raw }) => sent.findIndex((text) => raw.includes(text)));
  expect(arrived.toSorted((one, other) => one - other)).toEqual(sent.map((_, index) => index));
  expect(arrived).not.toEqual(sent.map((_, index) => index));
});

test("a send may fail with nothing sent, or fall silent and leave nevertheless", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  const send = (text: string) => practice.call("POST", "/message/sendText/shop", { number: ANA, text });
  await practice.control.setFaults({ sendErrorRate: 1 });
  expect(await send("refused")).toMatchObject({
    status: 500,
    body: { response: { message: "Connection Closed" } },
  });
  await practice.control.setFaults({ sendErrorRate: 0, sendTimeoutRate: 1, timeoutLeavesRate: 1 });
  await expect(send("left")).rejects.toThrow();
  await practice.control.setFaults({ timeoutLeavesRate: 0 });
  await expect(send("stayed")).rejects.toThrow();
  expect((await practice.control.messages("shop", ANA)).map(({ text }) => text)).toEqual(["left"]);
});

test("a gateway that is down cuts every call and takes up its work afterwards", async () => {
  const practice = await aPractice();
  await pairInstance(practice, "shop");
  await practice.control.setFaults({ down: true });
  await practice.restart();
  expect(await practice.control.faults()).toMatchObject({ down: true });
  await expect(practice.call("GET", "/")).rejects.toThrow();
  await practice.control.write("shop", ANA, { type: "text", text: "meanwhile" });
  expect(practice.receiver.of("messages.upsert")).toHaveLength(0);
  await practice.control.setFaults({ down: false });
  await until(() => expect(practice.receiver.of("messages.upsert")).toHaveLength(1));
});

test("a restart keeps instances, chats and repeats; the real gateway's forgetting can be played", async () => {
  const practice = await aPractice({ timings: { retryWaitsMs: [100_000, 100_000], serverAckMs: 60_000 } });
  await pairInstance(practice, "shop");
  practice.receiver.answer = ({ event }) => (event === "send.message" ? 500 : 200);
  const id = await sendText(practice, "shop", ANA, "kept");
  await until(() => expect(practice.receiver.of("send.message")).toHaveLength(1));
  await until(async () => expect((await practice.control.instance("shop")).pendingWebhooks).toBe(1));
  await practice.restart();
  expect(await practice.control.messages("shop", ANA)).toMatchObject([{ id, status: "pending" }]);
  await until(async () =>
    expect(await practice.control.instance("shop")).toMatchObject({ state: "open", pendingWebhooks: 1 }),
  );
  await practice.restart({ forgetRetriesOnRestart: true });
  await until(async () =>
    expect(await practice.control.instance("shop")).toMatchObject({ state: "open", pendingWebhooks: 0 }),
  );
});

/** A practice gateway in a process of its own, which can be killed. */
async function spawnSandbox(
  dataDir: string,
  timings: object,
): Promise<{ url: string; kill: () => Promise<void> }> {
  const entry = new URL(
    "../../../../lib/channel-adapters/sandbox/simulator/create-sandbox.ts",
    import.meta.url,
  ).href;
  const options = JSON.stringify({
    port: 0,
    host: "127.0.0.1",
    dataDir,
    apiKey: API_KEY,
    timings: { ...FAST, ...timings },
  });
  const script = `import { createSandbox } from ${JSON.stringify(entry)}; const box = createSandbox(${options}); await box.start(); process.stdout.write(box.url + "\\n");`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  return {
    url: String(line).trim(),
    kill: async () => {
      child.kill("SIGKILL");
      await once(child, "exit");
    },
  };
}

test("a killed process goes on where it stopped: the webhook and the acknowledgements still come", async () => {
  const practice = await aPractice();
  const receiver = await startReceiver();
  await practice.sandbox.close();
  const first = await spawnSandbox(practice.options.dataDir, { serverAckMs: 400 });
  practice.sandbox = { ...practice.sandbox, url: first.url, close: async () => {} };
  practice.control = createControlClient({ url: first.url });
  await createInstance(practice, "shop", { webhook: { url: receiver.url, events: [] } });
  await practice.control.scan("shop", { phone: "51900000002" });
  await until(async () =>
    expect(await practice.control.instance("shop")).toMatchObject({ state: "open", pendingInbound: 0 }),
  );
  receiver.answer = () => new Promise(() => {});
  const id = await sendText(practice, "shop", ANA, "survives");
  await first.kill();
  receiver.answer = () => 200;
  const second = await spawnSandbox(practice.options.dataDir, { serverAckMs: 1 });
  practice.control = createControlClient({ url: second.url });
  await until(() =>
    expect(
      receiver
        .of("messages.update")
        .filter(({ raw }) => raw.includes(id))
        .map(({ raw }) => /"status":"(\w+)"/.exec(raw)?.[1])
        .sort(),
    ).toEqual(["DELIVERY_ACK", "SERVER_ACK"]),
  );
  expect(receiver.of("send.message").length).toBeGreaterThanOrEqual(1);
  expect(await practice.control.messages("shop", ANA)).toMatchObject([
    { id, text: "survives", status: "delivered" },
  ]);
  await second.kill();
  await receiver.close();
});
