import "#__tests__/support/database.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aConnectedBusiness, settle } from "#__tests__/support/business.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { until } from "#__tests__/support/until.ts";
import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { listConversations } from "#lib/domain/conversations/queries.ts";
import { deliverMessage } from "#lib/domain/messages/deliver-message.ts";
import { gatewayCallMs } from "#lib/domain/messages/gateway-call.ts";
import { markSent } from "#lib/domain/messages/mark-sent.ts";
import { getMessage, listMessages } from "#lib/domain/messages/queries.ts";
import { retryMessage } from "#lib/domain/messages/retry-message.ts";
import type { SendMessage } from "#lib/domain/messages/schema.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { asId, newId } from "#lib/kernel/ids.ts";

const PHONE = "51987654321";
const PLACE = { type: "location", latitude: -12.0464, longitude: -77.0428, address: "Av. Grau 120" } as const;
const POLL = {
  type: "poll",
  question: "¿Qué día?",
  options: ["Lunes", "Martes"],
  selectableCount: 1,
} as const;

let business: Awaited<ReturnType<typeof aConnectedBusiness>>;
let chat: Awaited<ReturnType<typeof theChat>>;

async function theChat() {
  await phones.write(business.instance, PHONE, { type: "text", text: "Hola" });
  await settle(business.instance);
  const [conversation] = (await listConversations(business.ctx, { limit: 5 })).data;
  if (!conversation) throw new Error("no chat");
  return conversation.id;
}

beforeEach(async () => {
  business = await aConnectedBusiness();
  chat = await theChat();
  // Long before anything that is asked for here.
  await business.change({ recordSince: new Date(Date.now() - 3600_000) });
  // The echo would tell: here nothing does but the record.
  await phones.setFaults({ dropRate: 1 });
});
afterEach(() => phones.scenario({ name: "calm" }));

const onPhone = async () =>
  (await phones.messages(business.instance, PHONE)).filter(({ from }) => from === "business");

/** A message as a worker leaves it that died at the call, `agoMs` ago. */
async function inFlight(input: SendMessage, agoMs: number) {
  const { id } = await sendMessage(business.ctx, chat, input);
  const data = { status: "sending", attempts: 1, claimedAt: new Date(Date.now() - agoMs) } as const;
  await inTransaction(business.ctx, (tx) => tx.db.message.update({ where: { id }, data }));
  return asId("message", id);
}

async function leaves(content: Parameters<ReturnType<typeof adapterFor>["send"]>[1]["content"]) {
  const channel = await business.read();
  return adapterFor(channel.kind).send(channelAccess(channel), { to: { kind: "phone", id: PHONE }, content });
}

describe("a worker that dies at the call", () => {
  test.each([
    ["text", { type: "text", text: "Sale hoy" }, { type: "text", text: "Sale hoy" }],
    ["a place", PLACE, { ...PLACE, name: "", address: PLACE.address }],
    ["a poll", POLL, POLL],
  ] as const)("%s that left is found and not sent again", async (_, input, content) => {
    const id = await inFlight(input as SendMessage, 1000);
    const { externalId } = await leaves(content as Parameters<typeof leaves>[0]);
    expect(await deliverMessage(business.ctx, id)).toBe("done");
    expect((await getMessage(business.ctx, id)).status).toBe("sent");
    const row = await inTransaction(business.ctx, (tx) => tx.db.message.findUnique({ where: { id } }));
    expect(row?.externalId).toBe(externalId);
    expect(await onPhone()).toHaveLength(1);
  });

  test("a document that left is found by its name and size", async () => {
    const bytes = Buffer.from("%PDF-1.4 precios");
    const id = newId("message");
    const file = { fileName: "precios.pdf", sizeBytes: bytes.byteLength, mimeType: "application/pdf" };
    await inTransaction(business.ctx, async (tx) => {
      const now = new Date();
      await tx.db.message.create({
        data: {
          id,
          conversationId: chat,
          channelId: business.channelId,
          direction: "outbound",
          type: "document",
          status: "sending",
          attempts: 1,
          authorKind: "member",
          sentAt: now,
          orderedAt: now,
          claimedAt: now,
        },
      });
      await tx.db.media.create({ data: { ...file, id: newId("media"), messageId: id, status: "ready" } });
    });
    const media = { bytes, mimeType: file.mimeType, fileName: "otros.pdf" };
    await leaves({ type: "document", media });
    expect(await deliverMessage(business.ctx, id)).toBe("later");
    await leaves({ type: "document", media: { ...media, fileName: file.fileName } });
    expect(await deliverMessage(business.ctx, id)).toBe("done");
    expect((await getMessage(business.ctx, id)).status).toBe("sent");
  });

  test("of two alike the one that is known already is not taken for it", async () => {
    const first = await sendMessage(business.ctx, chat, { type: "text", text: "Ok" });
    await drainJobs("deliver-message");
    await until("the first", async () => (await onPhone()).length === 1);
    const second = await inFlight({ type: "text", text: "Ok" }, 1000);
    expect(await deliverMessage(business.ctx, second)).toBe("later");
    const { externalId } = await leaves({ type: "text", text: "Ok" });
    expect(await deliverMessage(business.ctx, second)).toBe("done");
    const rows = await inTransaction(business.ctx, (tx) =>
      tx.db.message.findMany({ where: { id: { in: [first.id, second] } }, orderBy: { id: "asc" } }),
    );
    expect(new Set(rows.map((row) => row.externalId)).size).toBe(2);
    expect(rows.find(({ id }) => id === second)?.externalId).toBe(externalId);
  });

  test("what did not leave waits while the call may still run, then is sent once", async () => {
    const id = await inFlight({ type: "text", text: "Sale hoy" }, gatewayCallMs() - 5000);
    expect(await deliverMessage(business.ctx, id)).toBe("later");
    expect(await onPhone()).toEqual([]);
    await inTransaction(business.ctx, (tx) =>
      tx.db.message.update({
        where: { id },
        data: { claimedAt: new Date(Date.now() - gatewayCallMs() - 1000) },
      }),
    );
    expect(await deliverMessage(business.ctx, id)).toBe("done");
    expect(await onPhone()).toHaveLength(1);
  });

  test.each(["a gateway that is away", "a record that begins later"])(
    "%s makes it unconfirmed, never sent again by itself",
    async (why) => {
      const id = await inFlight({ type: "text", text: "Sale hoy" }, gatewayCallMs() + 1000);
      if (why === "a gateway that is away") await phones.setFaults({ down: true });
      else await business.change({ recordSince: new Date() });
      expect(await deliverMessage(business.ctx, id)).toBe("done");
      expect((await getMessage(business.ctx, id)).status).toBe("unconfirmed");
      await phones.setFaults({ down: false });
      expect(await deliverMessage(business.ctx, id)).toBe("done");
      expect(await onPhone()).toEqual([]);
      // Both choices are the person's.
      await retryMessage(business.ctx, id);
      await drainJobs("deliver-message");
      expect(await onPhone()).toHaveLength(1);
    },
  );
});

describe("two rows for one message", () => {
  let at: Date;
  beforeEach(() => {
    at = new Date();
  });

  async function stored(data: {
    text: string;
    claimedAt: Date | null;
    externalId: string | null;
    status: "sent" | "sending";
  }) {
    const id = newId("message");
    await inTransaction(business.ctx, (tx) =>
      tx.db.message.create({
        data: {
          ...data,
          id,
          conversationId: chat,
          channelId: business.channelId,
          direction: "outbound",
          type: "text",
          authorKind: data.claimedAt ? "member" : "phone",
          sentAt: at,
          orderedAt: at,
        },
      }),
    );
    return id;
  }

  test("the stranger's gives way to the member's, and the list shows that", async () => {
    const own = await stored({ text: "Ok", claimedAt: at, externalId: null, status: "sending" });
    const twin = await stored({ text: "Ok", claimedAt: null, externalId: "3EB0AAAA", status: "sent" });
    await inTransaction(business.ctx, (tx) =>
      tx.db.conversation.update({ where: { id: chat }, data: { lastMessageId: twin } }),
    );
    await inTransaction(business.ctx, (tx) =>
      markSent(tx, { id: own, channelId: business.channelId }, { externalId: "3EB0AAAA", at }),
    );
    const { data } = await listMessages(business.ctx, chat, { limit: 10 });
    expect(data.filter(({ direction }) => direction === "outbound")).toMatchObject([
      { id: own, status: "sent" },
    ]);
    expect((await listConversations(business.ctx, { limit: 5 })).data[0]?.lastMessage?.id).toBe(own);
  });

  test("a message of ours is never deleted: it is unsure again", async () => {
    const earlier = await stored({ text: "Ok", claimedAt: at, externalId: "3EB0BBBB", status: "sent" });
    const own = await stored({ text: "Ok", claimedAt: at, externalId: null, status: "sending" });
    await inTransaction(business.ctx, (tx) =>
      markSent(tx, { id: own, channelId: business.channelId }, { externalId: "3EB0BBBB", at }),
    );
    expect((await getMessage(business.ctx, own)).status).toBe("sent");
    expect((await getMessage(business.ctx, earlier)).status).toBe("unconfirmed");
  });
});
