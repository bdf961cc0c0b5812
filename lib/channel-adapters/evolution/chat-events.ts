/** Contacts, presence, calls and groups (CONTRACT §12). */
import type { ChannelEvent } from "#lib/channel-adapters/contract.ts";
import { foreignChatReason, parseAddress, parseAddresses } from "./addresses.ts";
import { defined } from "./defined.ts";
import { ignored, personName, type Surroundings } from "./messages.ts";
import * as shape from "./payloads.ts";
import { read, readAll } from "./wire-values.ts";

export function parseContact(item: unknown): ChannelEvent {
  const contact = read(shape.ContactUpdate, item);
  const address = parseAddress(contact?.remoteJid);
  if (!contact || !address) return ignored(`contact: ${foreignChatReason(contact?.remoteJid)}`);
  // For a group the name would be that of whoever wrote last.
  if (address.kind === "group") return ignored("contact: group");
  const name = personName(contact.pushName);
  if (!name && !contact.profilePicUrl) return ignored("contact: nothing told");
  const addresses = [address];
  return defined({ type: "contact", addresses, name, pictureUrl: contact.profilePicUrl });
}

const PRESENCES: Record<string, "typing" | "recording" | "online" | "offline"> = {
  composing: "typing",
  recording: "recording",
  available: "online",
  paused: "online",
  unavailable: "offline",
};

export function parsePresence(item: unknown): ChannelEvent | ChannelEvent[] {
  const update = read(shape.PresenceUpdate, item);
  const chat = parseAddress(update?.id);
  if (!update || !chat) return ignored(`presence: ${foreignChatReason(update?.id)}`);
  const events = Object.entries(update.presences ?? {}).flatMap(([person, value]): ChannelEvent[] => {
    const word = read(shape.Presence, value)?.lastKnownPresence ?? "";
    const state = Object.hasOwn(PRESENCES, word) ? PRESENCES[word] : undefined;
    if (!state) return [];
    const addresses = chat.kind === "group" ? [chat] : parseAddresses(update.id, person);
    return [{ type: "presence", chat: addresses, state }];
  });
  return events.length > 0 ? events : ignored("presence of another kind");
}

const CALL_STATUSES: Record<string, "offered" | "accepted" | "rejected" | "missed" | "ended"> = {
  offer: "offered",
  accept: "accepted",
  reject: "rejected",
  timeout: "missed",
  terminate: "ended",
};

export function parseCall(item: unknown, around: Surroundings): ChannelEvent {
  const call = read(shape.CallUpdate, item);
  const group = parseAddress(call?.groupJid);
  const chat = group ? [group] : parseAddresses(call?.from, call?.chatId);
  if (!call?.id || chat.length === 0) return ignored("call without id or chat");
  const word = call.status ?? "";
  const status = Object.hasOwn(CALL_STATUSES, word) ? CALL_STATUSES[word] : undefined;
  if (!status) return ignored(word === "ringing" ? "call ringing" : "call status of another kind");
  const date = new Date(call.date && call.date.length < 64 ? call.date : Number.NaN);
  const at = Number.isNaN(date.getTime()) ? around.madeAt : date;
  return { type: "call", externalId: call.id, chat, status, video: call.isVideo === true, at };
}

export function parseGroup(item: unknown): ChannelEvent {
  const update = read(shape.GroupUpdate, item);
  const group = parseAddress(update?.id);
  if (!update || group?.kind !== "group") return ignored("group without id");
  return defined({
    type: "group",
    group,
    subject: update.subject,
    participants: update.participants && groupMembers(update.participants),
  });
}

function groupMembers(participants: readonly unknown[]) {
  return readAll(shape.GroupParticipant, participants).flatMap((member) => {
    const addresses = parseAddresses(member.id, member.phoneNumber, member.lid);
    const admin = member.admin === "admin" || member.admin === "superadmin";
    return addresses.length > 0 ? [defined({ addresses, name: personName(member.name), admin })] : [];
  });
}

export function parseParticipants(item: unknown): ChannelEvent {
  const update = read(shape.GroupParticipantsUpdate, item);
  const group = parseAddress(update?.id);
  if (!update || group?.kind !== "group") return ignored("participants without group");
  const members = groupMembers(update.participants ?? []);
  // Older gateways name participants by plain ids.
  const plain = (update.participants ?? []).filter((participant) => typeof participant === "string");
  const participants = members.flatMap((member) => member.addresses[0] ?? []);
  participants.push(...parseAddresses(...plain));
  return defined({
    type: "group_participants",
    group,
    action: (update.action ?? "unknown").slice(0, 50),
    participants,
    author: parseAddress(update.authorPn) ?? parseAddress(update.author),
  });
}
