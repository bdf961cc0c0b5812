import { describe, expect, test } from "vitest";
import { chatPhone, joinCustomers } from "#components/sandbox/customers.ts";
import { anyFault } from "#components/sandbox/faults.ts";
import { base64Of } from "#components/sandbox/file-base64.ts";
import { sentSize } from "#components/sandbox/photo.ts";
import { threadItems } from "#components/sandbox/thread.ts";
import { whatsappPhone } from "#lib/channel-adapters/sandbox/simulator/messages/addresses.ts";
import type { SandboxChat, ShownMessage } from "#lib/domain/sandbox/schema.ts";

function aMessage(id: string, change: Partial<ShownMessage> = {}): ShownMessage {
  return {
    id,
    from: "business",
    via: "api",
    status: "delivered",
    type: "text",
    text: id,
    media: null,
    quotedId: null,
    reactions: [],
    at: "2026-11-20T10:00:00.000Z",
    editedAt: null,
    deletedAt: null,
    ...change,
  };
}

function aChat(phone: string, change: Partial<SandboxChat> = {}): SandboxChat {
  return {
    phone,
    name: null,
    lid: null,
    addressing: "phone",
    online: true,
    blocked: false,
    unread: 0,
    businessPresence: null,
    lastMessage: null,
    ...change,
  };
}

test.each(["5531987654321", "5511987654321", "5215512345678", "5491123456789", "51987654321", "34600000001"])(
  "%s has the name its chat has on the gateway",
  (phone) => {
    expect(chatPhone(`+${phone}`)).toBe(whatsappPhone(phone));
  },
);

describe("customers", () => {
  const known = [
    { name: "Carla", phone: "+51 900 000 101" },
    { name: "Diego", phone: "+51900000202" },
  ];

  test("keep their invented name and take the state of their chat", () => {
    const [, diego] = joinCustomers(known, [
      aChat("51900000202", { name: "otro", online: false, unread: 2 }),
    ]);
    expect(diego).toMatchObject({ name: "Diego", phone: "51900000202", online: false, unread: 2 });
  });

  test("the latest chat stands on top, people without one keep their order", () => {
    const chat = aChat("51900000202", { lastMessage: aMessage("m") });
    expect(joinCustomers(known, [chat]).map(({ name }) => name)).toEqual(["Diego", "Carla"]);
    expect(joinCustomers(known, []).map(({ name }) => name)).toEqual(["Carla", "Diego"]);
  });

  test("whoever the business wrote to first appears too", () => {
    expect(joinCustomers([], [aChat("34600000001")]).map(({ name }) => name)).toEqual(["+34600000001"]);
  });
});

describe("the chat on the phone", () => {
  const dayOf = (at: string) => at.slice(0, 10);

  test("a line opens each day, and a run of one side opens once", () => {
    const rows = threadItems(
      [
        aMessage("a", { at: "2026-11-19T10:00:00.000Z" }),
        aMessage("b", { from: "customer" }),
        aMessage("c", { from: "customer" }),
      ],
      [],
      { dayOf, unread: 0 },
    );
    expect(
      rows.map((row) => (row.kind === "message" ? `${row.key}${row.first ? "!" : ""}` : row.kind)),
    ).toEqual(["day", "a!", "day", "b!", "c"]);
  });

  test("the unread line stands before the first unread message of the business", () => {
    const rows = threadItems(
      [aMessage("a"), aMessage("b"), aMessage("mine", { from: "customer" }), aMessage("c")],
      [],
      {
        dayOf,
        unread: 2,
      },
    );
    expect(rows.map(({ key }) => key)).toEqual(["day-2026-11-20", "a", "unread", "b", "mine", "c"]);
  });

  test("what has not left yet comes last", () => {
    const draft = { localId: "d", type: "text", text: "hola", at: "", failed: false } as const;
    expect(threadItems([aMessage("a")], [draft], { dayOf, unread: 0 }).at(-1)).toEqual({
      kind: "draft",
      key: "d",
      draft,
    });
  });
});

test("a file becomes base64 over the borders of its parts", async () => {
  const bytes = Uint8Array.from({ length: 60_001 }, (_, index) => index % 256);
  expect(await base64Of(new Blob([bytes]))).toBe(Buffer.from(bytes).toString("base64"));
});

test("a photo is shrunk to its longest side, never enlarged", () => {
  expect(sentSize(4000, 3000)).toEqual({ width: 1280, height: 960 });
  expect(sentSize(300, 200)).toEqual({ width: 300, height: 200 });
});

test("the share of lost answers that left is no fault by itself", () => {
  const calm = {
    sendErrorRate: 0,
    sendTimeoutRate: 0,
    timeoutLeavesRate: 0.5,
    latencyMs: 0,
    duplicateRate: 0,
    reorderRate: 0,
    dropRate: 0,
    down: false,
  };
  expect(anyFault(calm)).toBe(false);
  expect(anyFault({ ...calm, latencyMs: 250 })).toBe(true);
});
