import type { IncomingMessage } from "#lib/channel-adapters/contract.ts";
import type { Tx } from "#lib/domain/context.ts";
import { formatPhone } from "#lib/domain/phones/phone-format.ts";
import { findContacts, phoneOf } from "./find-contacts.ts";

/**
 * Who wrote: the address (undoing a merge goes by it), and inside a group a name, best first: the
 * person's own of this message, the one we know, the phone.
 */
export async function authorColumns(
  tx: Tx,
  message: IncomingMessage,
): Promise<{ authorId?: string; authorName?: string }> {
  const addresses = message.author?.addresses ?? message.chat;
  const [address] = addresses;
  const authorId = address && `${address.kind}:${address.id}`;
  const authorName = message.author && (message.author.name ?? (await nameOf(tx, addresses)));
  return { ...(authorId && { authorId }), ...(authorName && { authorName }) };
}

async function nameOf(tx: Tx, addresses: IncomingMessage["chat"]): Promise<string | null> {
  const [known] = await findContacts(tx, addresses);
  const phone = known?.phone ?? addresses.map(phoneOf).find((e164) => typeof e164 === "string");
  return known?.name ?? known?.profileName ?? (phone ? formatPhone(phone) : null);
}
