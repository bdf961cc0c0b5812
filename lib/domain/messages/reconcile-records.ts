import type { IncomingMessage, ProviderRecord } from "#lib/channel-adapters/contract.ts";
import { shareContacts } from "#lib/domain/contacts/contacts-lock.ts";
import { type Ctx, inTransaction, type Tx } from "#lib/domain/context.ts";
import type { Channel, Message } from "#prisma/generated/client.ts";
import { applyChange } from "./apply-change.ts";
import { applyReadOnPhone } from "./apply-read-on-phone.ts";
import { applyReceipt } from "./apply-receipt.ts";
import { contentColumns } from "./content.ts";
import { lockByExternalId } from "./queries.ts";
import { receiveMessage } from "./receive-message.ts";
import { isForward, mayFail } from "./status.ts";

const KNOWN_COLUMNS = {
  id: true,
  externalId: true,
  direction: true,
  authorKind: true,
  status: true,
  text: true,
  sentAt: true,
  orderedAt: true,
  editedAt: true,
  deletedAt: true,
} as const;
type Known = Pick<Message, keyof typeof KNOWN_COLUMNS>;

/** Brings our messages up to these records, newest first as the gateway gives them; returns how many were missing. */
export async function compareRecords(
  ctx: Ctx,
  channel: Channel,
  records: readonly ProviderRecord[],
): Promise<number> {
  const known = await findKnown(ctx, channel, records);
  const place = placesInSecond();
  let missing = 0;
  for (const record of records.toReversed()) {
    const { message } = record;
    const ours = known.get(message.externalId);
    const receivedAt = place(message, ours?.orderedAt);
    if (ours && isUpToDate(ours, record)) continue;
    // One transaction each: a record that cannot be applied stops no other, and locks are held shortly.
    const added = await inTransaction(ctx, async (tx) => {
      // Who is who before any lock on a message: a merge of contacts takes them in this order too.
      await shareContacts(tx);
      const present = await lockByExternalId(tx, channel.id, message.externalId);
      if (present) return update(tx, channel, present, record);
      return insert(tx, channel, record, receivedAt);
    });
    if (added) missing += 1;
  }
  return missing;
}

async function findKnown(
  ctx: Ctx,
  channel: Channel,
  records: readonly ProviderRecord[],
): Promise<Map<string | null, Known>> {
  const externalId = { in: records.map(({ message }) => message.externalId) };
  const rows = await inTransaction(ctx, (tx) =>
    tx.db.message.findMany({ where: { channelId: channel.id, externalId }, select: KNOWN_COLUMNS }),
  );
  return new Map(rows.map((row) => [row.externalId, row]));
}

/**
 * Within one second the record's own order is all there is: each message gets a millisecond after the
 * one before it in its chat, where its arrival would otherwise have told.
 */
function placesInSecond(): (message: IncomingMessage, orderedAt: Date | undefined) => Date {
  const latest = new Map<string, Date>();
  return ({ chat, sentAt }, orderedAt) => {
    const key = chat[0] ? `${chat[0].kind}:${chat[0].id}` : "";
    const before = latest.get(key);
    const follows = before !== undefined && before.getTime() >= sentAt.getTime();
    const own = orderedAt ?? (follows ? new Date(before.getTime() + 1) : sentAt);
    latest.set(key, own);
    return own;
  };
}

async function insert(
  tx: Tx,
  channel: Channel,
  { message, statuses, deleted }: ProviderRecord,
  receivedAt: Date,
): Promise<boolean> {
  // The record has no words of what was deleted; only that there was something.
  const content = deleted ? ({ type: "text", text: "" } as const) : message.content;
  const arrival = { receivedAt, inboundEventId: null, source: "recovered" } as const;
  const id = await receiveMessage(tx, channel, { ...message, content }, arrival);
  if (!id) return false;
  await applyStatuses(tx, channel, message, statuses);
  if (deleted) await remove(tx, channel, message);
  if (!message.fromMe && statuses.some((status) => status === "read" || status === "played"))
    await applyReadOnPhone(tx, channel.id, message.externalId, receivedAt);
  const stored = await tx.db.message.findUnique({ where: { id }, select: { recovered: true } });
  return stored?.recovered === true;
}

/** Never a new row: false. */
async function update(tx: Tx, channel: Channel, ours: Known, record: ProviderRecord): Promise<false> {
  const { message, statuses, deleted } = record;
  await applyStatuses(
    tx,
    channel,
    message,
    statuses.filter((status) => moves(ours, status, statuses)),
  );
  if (deleted) await remove(tx, channel, message);
  else if (wasEdited(ours, message)) {
    const { externalId, content, sentAt } = message;
    await applyChange(tx, channel.id, { type: "edit", externalId, content, at: sentAt });
  }
  return false;
}

function isUpToDate(ours: Known, { message, statuses, deleted }: ProviderRecord): boolean {
  if (statuses.some((status) => moves(ours, status, statuses))) return false;
  return deleted ? ours.deletedAt !== null : !wasEdited(ours, message);
}

type Statuses = ProviderRecord["statuses"];

/** The record is an unsorted bag. A send that was refused says so beside the acknowledgement it had before. */
function moves(ours: Known, status: Statuses[number], all: Statuses): boolean {
  if (ours.direction === "inbound") return false;
  if (status === "failed") return mayFail(ours.status);
  if (status === "sent" && all.includes("failed")) return false;
  return isForward(ours.status, status);
}

/**
 * A record's time is that of its last edit (evolution CONTRACT 9.3). Our own edits are not looked for
 * here: those we carry ourselves.
 */
function wasEdited(ours: Known, message: IncomingMessage): boolean {
  if (ours.direction === "outbound" && ours.authorKind !== "phone") return false;
  if (ours.deletedAt !== null || message.sentAt.getTime() < ours.sentAt.getTime() + 1000) return false;
  if (ours.editedAt && ours.editedAt >= message.sentAt) return false;
  const { text } = contentColumns(message.content);
  return text !== null && text !== ours.text;
}

const ORDER: Statuses = ["sent", "delivered", "read", "played", "failed"];

async function applyStatuses(
  tx: Tx,
  channel: Channel,
  { fromMe, externalId }: IncomingMessage,
  statuses: Statuses,
): Promise<void> {
  if (!fromMe) return;
  const now = new Date();
  for (const status of ORDER.filter((known) => statuses.includes(known)))
    await applyReceipt(tx, channel.id, { type: "receipt", externalId, status }, now);
}

async function remove(tx: Tx, channel: Channel, { externalId }: IncomingMessage): Promise<void> {
  await applyChange(tx, channel.id, { type: "deletion", externalId, at: new Date() });
}
