import type { Chat, ShownMessage } from "../../control-schema.ts";
import type { Simulator } from "../simulator.ts";
import type { Instance } from "../store/instances.ts";
import { describeMedia } from "../store/media.ts";
import type { Customer, Shown } from "./phones.ts";

export function presentShown(sim: Simulator, instance: Instance, shown: Shown): ShownMessage {
  const media = shown.mediaId ? describeMedia(sim.db, shown.mediaId) : null;
  const path = `/sandbox/instances/${encodeURIComponent(instance.name)}/chats/${shown.phone}/messages/${encodeURIComponent(shown.keyId)}/media`;
  return {
    ...shown.content,
    id: shown.keyId,
    from: shown.via === "customer" ? "customer" : "business",
    via: shown.via,
    status: shown.status,
    media: media ? { url: path, ...media } : null,
    quotedId: shown.quotedId,
    reactions: (["customer", "business"] as const).flatMap((from) => {
      const emoji = shown.reactions[from];
      return emoji ? [{ from, emoji }] : [];
    }),
    at: new Date(shown.at).toISOString(),
    editedAt: shown.editedAt === null ? null : new Date(shown.editedAt).toISOString(),
    deletedAt: shown.deletedAt === null ? null : new Date(shown.deletedAt).toISOString(),
  };
}

export function presentChat(
  sim: Simulator,
  instance: Instance,
  chat: { customer: Customer; last: Shown | null; unread: number },
): Chat {
  const { customer } = chat;
  return {
    phone: customer.phone,
    name: customer.name,
    lid: customer.lid,
    addressing: customer.addressing,
    online: customer.online,
    blocked: customer.blocked,
    unread: chat.unread,
    businessPresence: sim.phones.presence(customer),
    lastMessage: chat.last ? presentShown(sim, instance, chat.last) : null,
  };
}
