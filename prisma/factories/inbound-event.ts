import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { sha256 } from "#lib/kernel/crypto.ts";
import { asId, newId } from "#lib/kernel/ids.ts";
import type { Channel, InboundEvent, Prisma } from "#prisma/generated/client.ts";

/** A stored webhook that nobody has looked at yet, and that no job will. */
export async function anInboundEvent(
  ctx: Ctx,
  channel: Channel,
  given: Partial<Pick<InboundEvent, "name" | "chatKey" | "body" | "status" | "receivedAt" | "errorCode">> & {
    headers?: Record<string, string>;
    outcome?: Prisma.InputJsonValue;
  } = {},
) {
  const id = newId("inboundEvent");
  const body = given.body ?? aTextWebhook(`Hola ${id}`);
  const row = await inTransaction(ctx, (tx) =>
    tx.db.inboundEvent.create({
      data: {
        name: "messages.upsert",
        chatKey: "phone:51987654321",
        headers: { "user-agent": "axios/1.12.2" },
        receivedAt: new Date(),
        ...given,
        id,
        channelId: channel.id,
        body,
        contentHash: sha256(`${id}${body}`),
      },
    }),
  );
  return { ...row, id: asId("inboundEvent", row.id) };
}

/** What the gateway posts when a customer writes. */
export function aTextWebhook(
  text: string,
  externalId = newId("inboundEvent").slice(-20).toUpperCase(),
): string {
  return JSON.stringify({
    event: "messages.upsert",
    instance: "acme-ventas",
    data: {
      key: { remoteJid: "51987654321@s.whatsapp.net", fromMe: false, id: externalId },
      pushName: "Rosa Quispe",
      message: { conversation: text },
      messageType: "conversation",
      messageTimestamp: Math.floor(Date.now() / 1000),
      source: "android",
    },
    date_time: new Date().toISOString(),
    sender: "51900000001@s.whatsapp.net",
    apikey: "FC213D3C-02BA-4338-9516-11CC3F6A3A78",
  });
}
