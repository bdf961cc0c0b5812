import type { ChannelEvent } from "#lib/channel-adapters/contract.ts";
import type { Tx } from "#lib/domain/context.ts";
import { findContacts } from "./find-contacts.ts";
import { tellConversations } from "./merge-contacts.ts";
import { upsertContact } from "./upsert-contact.ts";

/** Contact news name people; only those we already talk to are of interest. */
export async function learnAboutContact(
  tx: Tx,
  news: Pick<Extract<ChannelEvent, { type: "contact" }>, "addresses" | "name">,
): Promise<string | null> {
  const known = await findContacts(tx, news.addresses);
  const [before] = known;
  if (!before) return null;
  const { id, profileName } = await upsertContact(tx, {
    addresses: news.addresses,
    ...(news.name && { profileName: news.name }),
  });
  if (profileName !== before.profileName) await tellConversations(tx, id);
  return id;
}
