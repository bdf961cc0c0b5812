import type { DisconnectCause } from "#lib/channel-adapters/contract.ts";
import type { Tx } from "#lib/domain/context.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { stopSending } from "./stop-sending.ts";

/** WhatsApp's own number for "may not open chats now". */
const RESTRICTED = "463";

/** Refusals of the person, not of the connection. A member may well mistype a number. */
const NO_SUCH_PERSON = ["recipient_not_on_whatsapp", "recipient_invalid"];
const REFUSALS = [...NO_SUCH_PERSON, "message_refused"];
const REFUSALS_IN_A_ROW = 5;
const DAY_MS = 86_400_000;
const AFTER_OUTREACH_MS = 3_600_000;

/**
 * A message was refused. The gateway's webhooks carry no number, so 463 shows as first contacts that are
 * taken (201) and refused a moment later (evolution CONTRACT 15): when the last five chats that we opened
 * within a day all ended so, sending stops.
 */
export async function noteRefusal(
  tx: Tx,
  channelId: string,
  refusal: { code: string; providerCode?: string | undefined },
): Promise<void> {
  if (refusal.providerCode !== RESTRICTED && !REFUSALS.includes(refusal.code)) return;
  const now = new Date();
  const restricted = refusal.providerCode === RESTRICTED;
  if (!restricted && !(await lastFirstContactsRefused(tx, channelId, now))) return;
  const channel = await lockChannel(tx, channelId);
  await stopSending(tx, channel, restricted ? "restricted" : "refusals", now);
}

async function lastFirstContactsRefused(tx: Tx, channelId: string, now: Date): Promise<boolean> {
  const since = new Date(now.getTime() - DAY_MS);
  const rows = await tx.db.$queryRaw<{ refused: boolean }[]>`
    select m.status = 'failed' and m.error_code = any(${REFUSALS}) as refused
    from conversations c
    join channels h on h.id = c.channel_id
    join messages m on m.id = c.last_message_id
    where c.channel_id = ${channelId} and c.last_inbound_at is null and c.last_message_at > ${since}
      and m.direction = 'outbound' and m.status not in ('queued', 'sending')
      and not (m.author_kind = 'member' and coalesce(m.error_code, '') = any(${NO_SUCH_PERSON}))
      and m.created_at > coalesce(h.resumed_at, '-infinity')
    order by c.last_message_at desc limit ${REFUSALS_IN_A_ROW}`;
  return rows.length === REFUSALS_IN_A_ROW && rows.every(({ refused }) => refused);
}

/** An end that WhatsApp made: a ban, or a log-out while the number was writing to people on its own. */
export async function noteDisconnect(tx: Tx, channel: Channel, cause: DisconnectCause): Promise<void> {
  const now = new Date();
  if (cause === "banned") await stopSending(tx, channel, "banned", now);
  const lately = channel.outreachAfter && now.getTime() - channel.outreachAfter.getTime() < AFTER_OUTREACH_MS;
  if (cause === "logged_out_on_phone" && lately) await stopSending(tx, channel, "logged_out", now);
}

async function lockChannel(tx: Tx, id: string) {
  await tx.db.$executeRaw`select 1 from channels where id = ${id} for no key update`;
  return tx.db.channel.findUniqueOrThrow({ where: { id }, select: { id: true, stopReason: true } });
}
