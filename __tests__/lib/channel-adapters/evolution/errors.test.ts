import { describe, expect, test } from "vitest";
import { answerError, lostAnswerError, type Operation } from "#lib/channel-adapters/evolution/errors.ts";
import type { ErrorCode } from "#lib/kernel/errors.ts";
import { recordedCall } from "./fixtures.ts";

type Case = [recording: string, operation: Operation, code: ErrorCode];

const RECORDED: Case[] = [
  // the key and the instance
  ["sendText-wrong-key", "send", "gateway_rejected_key"],
  ["auth-wrong-key", "other", "gateway_rejected_key"],
  ["state-other-tenant-token", "other", "gateway_rejected_key"],
  ["sendText-unknown-instance", "send", "gateway_instance_missing"],
  ["state-unknown", "other", "gateway_instance_missing"],
  ["state-after-delete", "other", "gateway_instance_missing"],
  ["fetch-after-delete", "other", "gateway_instance_missing"],
  ["delete-again", "other", "gateway_instance_missing"],
  ["route-not-found", "other", "gateway_refused"],
  ["create-duplicate", "other", "gateway_name_taken"],
  // the recipient
  ["baileys-sendText-notonwa", "send", "recipient_not_on_whatsapp"],
  ["baileys-sendText-group-unknown", "send", "recipient_invalid"],
  // our request
  ["baileys-sendText-empty", "send", "message_refused"],
  ["baileys-sendText-text-number", "send", "message_refused"],
  ["sendText-no-body", "send", "message_refused"],
  ["baileys-sendMedia-no-media", "send", "message_refused"],
  ["baileys-sendMedia-image-datauri", "send", "message_refused"],
  ["cloud-sendMedia-doc-b64-noname", "send", "message_refused"],
  ["baileys-sendButtons-mixed", "send", "message_refused"],
  ["baileys-sendPoll-one-option", "send", "message_refused"],
  ["baileys-sendList", "send", "message_refused"],
  ["baileys-updateMessage-wrong-chat", "change", "message_refused"],
  ["baileys-updateMessage-unknown", "change", "message_refused"],
  // the connection
  ["baileys-sendText-after-401", "send", "channel_busy"],
  ["baileys-sendText-during-reconnect", "send", "channel_busy"],
  ["offline-sendText", "send", "channel_busy"],
  ["setPresence-not-connected", "other", "channel_disconnected"],
  ["sendText-not-connected", "send", "gateway_timeout"],
  ["sendText-cached-number-not-connected", "send", "gateway_timeout"],
  ["sendPresence-not-connected", "other", "gateway_timeout"],
  ["whatsappNumbers-not-connected", "numbers", "gateway_timeout"],
  // files
  ["baileys-sendMedia-url-404", "send", "media_unavailable"],
  ["baileys-sendMedia-image-url-404", "send", "media_unavailable"],
  ["baileys-sendMedia-image-corrupt", "send", "media_rejected"],
  ["baileys-getBase64-gone", "media", "media_unavailable"],
  ["baileys-getBase64-text", "media", "media_rejected"],
  ["baileys-getBase64-unknown", "media", "not_found"],
  // the gateway itself
  ["create-bad-types", "other", "gateway_failed"],
  ["webhook-set-no-events", "other", "gateway_failed"],
  ["webhook-set-bad-event", "other", "gateway_refused"],
  ["create-bad-number", "other", "gateway_refused"],
  ["baileys-whatsappNumbers-empty", "numbers", "gateway_refused"],
];

test.each(RECORDED)("%s of a %s call is %s", (recording, operation, code) => {
  const { status, body } = recordedCall(recording).response;
  expect(answerError({ operation, status, body }).code).toBe(code);
});

describe("answers that nobody recorded", () => {
  const failed = (status: number, message: string) => ({
    status,
    body: { status, response: { message: [message] } },
  });
  const CASES: [string, Operation, { status: number; body: unknown }, ErrorCode][] = [
    [
      "database text after a send",
      "send",
      failed(400, "PrismaClientKnownRequestError: …"),
      "sent_unrecorded",
    ],
    ["database text after a send", "send", failed(500, "Raw query failed. Code: `42P01`"), "sent_unrecorded"],
    ["database text elsewhere", "other", failed(500, "PrismaClientKnownRequestError: …"), "gateway_failed"],
    ["a proxy's page after a send", "send", { status: 502, body: undefined }, "send_outcome_unknown"],
    [
      "a proxy's JSON after a send",
      "send",
      { status: 503, body: { message: "no upstream" } },
      "send_outcome_unknown",
    ],
    ["no such route", "send", failed(404, "Cannot POST /message/sendText/x"), "gateway_refused"],
    ["a proxy's page elsewhere", "other", { status: 502, body: undefined }, "gateway_failed"],
    ["Error: Connection Closed", "send", failed(400, "Error: Connection Closed"), "channel_busy"],
    [
      "not paired",
      "send",
      failed(400, "TypeError: Cannot read properties of undefined (reading 'id')"),
      "channel_disconnected",
    ],
    ["upload refused", "send", failed(500, "Media upload failed on all hosts"), "media_unavailable"],
    ["an unknown failure of a send", "send", failed(500, "TypeError: x is not a function"), "gateway_failed"],
    ["too large", "send", { status: 413, body: undefined }, "payload_too_large"],
    ["a redirect", "send", { status: 302, body: undefined }, "gateway_refused"],
  ];
  test.each(CASES)("%s (%s)", (_, operation, answer, code) => {
    expect(answerError({ operation, ...answer }).code).toBe(code);
  });

  test("the gateway's own words stay out of what people see", () => {
    const { status, body } = recordedCall("create-bad-types").response;
    const error = answerError({ operation: "other", status, body });
    expect(error.detail).not.toMatch(/prisma|evolution|\//i);
    expect(String(error.cause)).toContain("Prisma");
  });
});

describe("answers that never came", () => {
  const refused = new TypeError("fetch failed", {
    cause: Object.assign(new Error("x"), { code: "ECONNREFUSED" }),
  });
  const cut = new TypeError("fetch failed", {
    cause: Object.assign(new Error("x"), { code: "UND_ERR_SOCKET" }),
  });
  const late = new DOMException("late", "TimeoutError");
  const CASES: [string, Operation, unknown, ErrorCode][] = [
    ["nobody listens", "send", refused, "gateway_unreachable"],
    ["nobody listens", "other", refused, "gateway_unreachable"],
    ["cut in the middle", "send", cut, "send_outcome_unknown"],
    ["cut in the middle", "other", cut, "gateway_unreachable"],
    ["too late", "send", late, "send_outcome_unknown"],
    ["too late", "change", late, "gateway_timeout"],
    ["too late", "other", late, "gateway_timeout"],
  ];
  test.each(CASES)("%s (%s)", (_, operation, error, code) => {
    expect(lostAnswerError(operation, error).code).toBe(code);
  });
});
