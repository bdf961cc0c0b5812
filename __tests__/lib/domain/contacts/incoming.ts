import type { Address, IncomingMessage } from "#lib/channel-adapters/contract.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { receiveMessage } from "#lib/domain/messages/receive-message.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";

export const phone = (id: string): Address => ({ kind: "phone", id });
export const lid = (id: string): Address => ({ kind: "lid", id });
export const group = (id: string): Address => ({ kind: "group", id });

let made = 0;

export function aTextFrom(chat: Address[], change: Partial<IncomingMessage> = {}): IncomingMessage {
  made += 1;
  return {
    externalId: `3A${String(made).padStart(18, "0")}`,
    chat,
    fromMe: false,
    viaApi: false,
    sentAt: new Date(Date.UTC(2026, 10, 20, 12, 0, made)),
    content: { type: "text", text: `message ${made}` },
    ...change,
  };
}

/** As one webhook of a customer arrives, in a transaction of its own. */
export function receive(ctx: Ctx, channel: Channel, message: IncomingMessage): Promise<string | null> {
  return inTransaction(ctx, (tx) =>
    receiveMessage(tx, channel, message, {
      receivedAt: message.sentAt,
      inboundEventId: newId("inboundEvent"),
      source: "live",
    }),
  );
}

/** Who there is, with every conversation and what is in it, oldest first. */
export function everybody(ctx: Ctx) {
  return inTransaction(ctx, async (tx) => {
    const contacts = await tx.db.contact.findMany({
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
      include: {
        identities: { orderBy: { value: "asc" } },
        conversations: {
          include: { messages: { orderBy: [{ orderedAt: "asc" }, { id: "asc" }] } },
        },
      },
    });
    return contacts.map(({ identities, conversations, ...contact }) => ({
      ...contact,
      addresses: identities.map(({ kind, value }) => `${kind}:${value}`),
      conversations,
      texts: conversations.flatMap(({ messages }) => messages.map(({ text }) => text)),
    }));
  });
}
