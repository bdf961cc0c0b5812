import { randomBytes } from "node:crypto";
import { SECRET_HEADER } from "#lib/channel-adapters/evolution/instances.ts";
import { decrypt } from "#lib/kernel/crypto.ts";
import type { Channel } from "#prisma/generated/client.ts";

export type Target = { url: string; headers: Record<string, string> };

/** The address of a channel's webhook, with the secret it asks for. */
export function webhookOf(baseUrl: string, channel: Channel): Target {
  return {
    url: `${baseUrl}/api/webhooks/evolution/${channel.id}`,
    headers: {
      "content-type": "application/json",
      "user-agent": "axios/1.13.2",
      [SECRET_HEADER]: decrypt(channel.webhookSecret, channel.id),
    },
  };
}

const long = (low: number) => ({ low, high: 0, unsigned: true });
/** The gateway writes byte strings as objects of numbers. */
const bytes = (text: string) => ({ ...Buffer.from(text) });

const CONTEXT_INFO = {
  deviceListMetadata: {
    senderKeyIndexes: [],
    recipientKeyIndexes: [],
    senderKeyHash: bytes("012"),
    senderTimestamp: long(1_760_000_000),
    recipientKeyHash: bytes("987"),
    recipientTimestamp: long(1_760_000_001),
  },
  deviceListMetadataVersion: 2,
  messageSecret: bytes("a message's secret has 32 bytes."),
};

/** A text message as the gateway posts it (evolution CONTRACT section 6), from the customer `chat`. */
export function textWebhook(instance: string, chat: number, text: string): string {
  return JSON.stringify({
    event: "messages.upsert",
    instance,
    data: {
      key: {
        remoteJid: `${phoneOf(chat)}@s.whatsapp.net`,
        fromMe: false,
        id: `3EB0${randomBytes(9).toString("hex").toUpperCase()}`,
        participant: "",
        addressingMode: "pn",
      },
      pushName: "Lucía Fernández",
      status: "SERVER_ACK",
      message: {
        conversation: text,
        messageContextInfo: CONTEXT_INFO,
      },
      messageType: "conversation",
      messageTimestamp: Math.floor(Date.now() / 1000),
      instanceId: "0b5b6c3e-6d3c-4f2b-9a64-0f0f8f0d6b52",
      source: "android",
    },
    destination: "http://127.0.0.1/api/webhooks/evolution",
    date_time: new Date().toISOString(),
    sender: "51900000001@s.whatsapp.net",
    server_url: "http://127.0.0.1:8080",
    apikey: "5f1d1c5e-0000-4a5b-8a3b-000000000000",
  });
}

/** A Peruvian mobile number for the n-th customer. */
export function phoneOf(chat: number): string {
  return `519${String(12_345_100 + chat)}`;
}
