import { afterAll, beforeAll, expect, test } from "vitest";
import { callGateway } from "#lib/channel-adapters/evolution/client.ts";
import { type GatewayServer, startGateway } from "./gateway-server.ts";

let gateway: GatewayServer;
beforeAll(async () => {
  gateway = await startGateway();
});
afterAll(() => gateway.close());

const call = { method: "POST", path: "message/sendText", body: { text: "x" }, timeoutMs: 100 } as const;
const silence = { "POST message/sendText": () => null };

test("a gateway that never answers ends a call in time", async () => {
  gateway.answer(silence);
  await expect(callGateway(gateway.access, call)).rejects.toMatchObject({ code: "gateway_timeout" });
});

test("of a send without an answer nobody knows whether it left", async () => {
  gateway.answer(silence);
  await expect(callGateway(gateway.access, { ...call, operation: "send" })).rejects.toMatchObject({
    code: "send_outcome_unknown",
  });
});

test("an answer that stops half way counts as none", async () => {
  gateway.answer({
    "POST message/sendText": (_, response) => {
      response.writeHead(201, { "content-length": "1000" });
      response.write('{"key":');
      return null;
    },
  });
  await expect(callGateway(gateway.access, { ...call, operation: "send" })).rejects.toMatchObject({
    code: "send_outcome_unknown",
  });
});

test("an answer without end is not read to its end", async () => {
  gateway.answer({ "POST message/sendText": { status: 200, text: JSON.stringify("x".repeat(10_000)) } });
  const limited = { ...call, timeoutMs: 5_000, answerBytesMax: 1_000 };
  await expect(callGateway(gateway.access, limited)).rejects.toMatchObject({ code: "gateway_unreachable" });
});

test("what stands in a query cannot name another instance", async () => {
  gateway.answer({ "POST message/sendText": { status: 200, body: {} } });
  await callGateway(gateway.access, { ...call, query: { number: "1&instanceName=other" } });
  expect(gateway.asked[0]?.path).toMatch(/\?number=1%26instanceName%3Dother$/);
});
