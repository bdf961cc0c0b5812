/** WhatsApp ids as the gateway writes them and our addresses, both ways (CONTRACT §14). */
import type { Address } from "#lib/channel-adapters/contract.ts";
import { AppError } from "#lib/kernel/errors.ts";

const PHONE_SERVERS = new Set(["s.whatsapp.net", "c.us"]);

/**
 * `51987654321:12@s.whatsapp.net` -> phone 51987654321. Undefined for everything that is neither a person
 * nor a group: status posts, broadcast lists, newsletters, and text that is no id at all.
 */
export function parseAddress(jid: string | undefined): Address | undefined {
  if (!jid || jid.length > 128) return undefined;
  const at = jid.lastIndexOf("@");
  if (at < 1) return undefined;
  const server = jid.slice(at + 1).toLowerCase();
  // `:12` is the device of the same person, `_1` an agent before it.
  const user = jid.slice(0, at).replace(/[:_].*$/, "");
  if (PHONE_SERVERS.has(server)) return /^\d{5,20}$/.test(user) ? { kind: "phone", id: user } : undefined;
  if (server === "lid") return /^[\w.]+$/.test(user) ? { kind: "lid", id: user } : undefined;
  if (server === "g.us") return /^\d[\d-]*$/.test(user) ? { kind: "group", id: `${user}@g.us` } : undefined;
  return undefined;
}

/** The ids in use, without repetition, phones first: replies and read marks work best there (§14.4). */
export function parseAddresses(...jids: (string | undefined)[]): Address[] {
  const found = new Map<string, Address>();
  for (const jid of jids) {
    const address = parseAddress(jid);
    if (address) found.set(addressKey(address), address);
  }
  return [...found.values()].sort((a, b) => Number(b.kind === "phone") - Number(a.kind === "phone"));
}

export function phoneOf(jid: string | undefined): string | undefined {
  const address = parseAddress(jid);
  return address?.kind === "phone" ? address.id : undefined;
}

export function addressKey(address: Address): string {
  return `${address.kind}:${address.id}`;
}

/** Throws `recipient_invalid` for what this provider cannot reach. */
export function toJid(address: Address): string {
  if (address.kind === "phone" && /^\d{5,20}$/.test(address.id)) return `${address.id}@s.whatsapp.net`;
  if (address.kind === "lid" && /^[\w.]+$/.test(address.id)) return `${address.id}@lid`;
  if (address.kind === "group" && /^\d[\d-]*@g\.us$/.test(address.id)) return address.id;
  throw new AppError("recipient_invalid", { detail: "not an address of WhatsApp on this channel" });
}

/** Why a chat that is neither a person nor a group is none of ours. */
export function foreignChatReason(jid: string | undefined): string {
  if (!jid) return "no chat in it";
  if (jid === "status@broadcast") return "status post";
  if (jid.endsWith("@broadcast")) return "broadcast list";
  if (jid.endsWith("@newsletter")) return "newsletter";
  return "neither a person nor a group";
}
