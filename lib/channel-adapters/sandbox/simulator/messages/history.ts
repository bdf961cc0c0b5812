import { deviceOf, rowId } from "../ids.ts";
import { compact, type JsonObject, objectOr } from "../json.ts";
import type { Shown } from "../phones/phones.ts";
import type { Simulator } from "../simulator.ts";
import type { Instance } from "../store/instances.ts";
import { findMessage, insertMessage, recordForm } from "../store/messages.ts";
import { emit } from "../webhooks/emit.ts";
import { messageTypeOf, shownContent } from "./content.ts";
import { chatAddress } from "./hear.ts";

const HISTORY_MAX = 500;
const STATUS_WORDS: Partial<Record<Shown["status"], string>> = {
  pending: "PENDING",
  sent: "SERVER_ACK",
  delivered: "DELIVERY_ACK",
  read: "READ",
  played: "PLAYED",
};

/** After a pairing the phone hands over its history: `messages.set` without what is stored already. */
export function hearHistory(sim: Simulator, instance: Instance, before: number): void {
  if (!instance.ownerPhone || instance.inboundClosed) return;
  const shown = sim.phones
    .history(instance.ownerPhone, HISTORY_MAX)
    .filter(
      (one) => one.at < before && one.deletedAt === null && !findMessage(sim.db, instance.id, one.keyId),
    );
  if (shown.length === 0) return;
  const records = shown.map((one) => historyRecord(sim, instance, one));
  emit(sim, instance, "messages.edited", {
    type: "HISTORY_SYNC_NOTIFICATION",
    historySyncNotification: {
      syncType: "RECENT",
      chunkOrder: 1,
      progress: 100,
      fileLength: String(records.length),
    },
  });
  emit(sim, instance, "messages.set", records);
  const people = [...new Set(shown.map((one) => one.phone))].map((phone) =>
    sim.phones.customer(shown[0]?.business ?? "", phone),
  );
  emit(
    sim,
    instance,
    "chats.set",
    people.map((person) =>
      compact({
        remoteJid: chatAddress(person).remoteJid,
        instanceId: instance.id,
        name: person.name ?? undefined,
      }),
    ),
  );
}

function historyRecord(sim: Simulator, instance: Instance, shown: Shown): JsonObject {
  const customer = sim.phones.customer(shown.business, shown.phone);
  const { remoteJid, remoteJidAlt } = chatAddress(customer);
  const fromMe = shown.via !== "customer";
  const key = {
    ...compact({ remoteJid, remoteJidAlt, fromMe, id: shown.keyId }),
    remoteJid,
    fromMe,
    id: shown.keyId,
  };
  if (!fromMe) sim.phones.advance(shown.business, shown.keyId, "delivered");
  insertMessage(sim.db, {
    id: rowId(),
    instanceId: instance.id,
    key,
    pushName: fromMe ? "Você" : customer.name,
    messageType: messageTypeOf(shown.raw),
    message: objectOr(recordForm(shown.raw)),
    contextInfo: null,
    timestamp: Math.floor(shown.at / 1000),
    source: deviceOf(shown.keyId),
    mediaId: shown.mediaId,
  });
  return {
    key,
    pushName: fromMe ? "Você" : customer.name,
    status: fromMe ? (STATUS_WORDS[shown.status] ?? "SERVER_ACK") : "DELIVERY_ACK",
    message: shown.raw,
    ...(shownContent(shown.raw).type === "text" ? {} : { contextInfo: null }),
    messageType: messageTypeOf(shown.raw),
    messageTimestamp: Math.floor(shown.at / 1000),
    instanceId: instance.id,
    source: deviceOf(shown.keyId),
  };
}
