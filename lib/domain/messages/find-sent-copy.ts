import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { Channel, Message } from "#prisma/generated/client.ts";
import { type OwnMessage, sameContent } from "./same-content.ts";

/** `unsure`: the gateway did not answer, or is not connected and so cannot know. */
export type SentCopy =
  | { kind: "found"; externalId: string; at: Date }
  | { kind: "not_there" }
  | { kind: "unsure" };

const CLOCK_SLACK_MS = 60_000;

/** More than can be said in one chat within the few minutes that are looked at. */
const RECORDS_MAX = 500;

/**
 * Asks the gateway's own record for our message, by chat, author, time and content (evolution CONTRACT
 * 9.4). Of several alike, ids we know are taken; the nearest in time is ours.
 */
export async function findSentCopy(
  ctx: Ctx,
  message: Message & OwnMessage & { channel: Channel },
  sentAround: Date,
): Promise<SentCopy> {
  try {
    const adapter = adapterFor(message.channel.kind);
    const access = channelAccess(message.channel);
    if ((await adapter.connectionState(access)).status !== "connected") return { kind: "unsure" };
    const chat = await addressesOf(ctx, message);
    // A record that begins later does not know of it.
    const { recordSince } = message.channel;
    if (recordSince && recordSince > sentAround) return { kind: "unsure" };
    const from = new Date(sentAround.getTime() - CLOCK_SLACK_MS);
    const to = new Date(Date.now() + CLOCK_SLACK_MS);
    const records = await adapter.findMessages(access, { chat, fromMe: true, from, to, limit: RECORDS_MAX });
    const alike = records
      .map((record) => record.message)
      .filter((found) => found.fromMe && sameContent(message, found.content));
    const known = await knownIds(
      ctx,
      message.channelId,
      alike.map(({ externalId }) => externalId),
    );
    const distance = (at: Date) => Math.abs(at.getTime() - sentAround.getTime());
    const [nearest] = alike
      .filter(({ externalId }) => !known.has(externalId))
      // One that was typed on the phone in the same words is the lesser claim.
      .sort((a, b) => Number(b.viaApi) - Number(a.viaApi) || distance(a.sentAt) - distance(b.sentAt));
    return nearest
      ? { kind: "found", externalId: nearest.externalId, at: nearest.sentAt }
      : { kind: "not_there" };
  } catch (error) {
    if (error instanceof AppError) return { kind: "unsure" };
    throw error;
  }
}

async function addressesOf(ctx: Ctx, message: Message) {
  const identities = await inTransaction(ctx, (tx) =>
    tx.db.contactIdentity.findMany({
      where: { contact: { conversations: { some: { id: message.conversationId } } } },
      select: { kind: true, value: true },
    }),
  );
  return identities.map(({ kind, value }) => ({ kind, id: value }));
}

async function knownIds(ctx: Ctx, channelId: string, externalIds: string[]): Promise<Set<string | null>> {
  const rows = await inTransaction(ctx, (tx) =>
    tx.db.message.findMany({
      where: { channelId, externalId: { in: externalIds } },
      select: { externalId: true },
    }),
  );
  return new Set(rows.map(({ externalId }) => externalId));
}
