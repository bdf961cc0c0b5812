import { z } from "zod";
import type { Tx } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";

const Moment = z.iso.datetime().transform((text) => new Date(text));

/** What can come before its message, as it waits in `held_events`. */
export const HeldEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("receipt"),
    status: z.enum(["sent", "delivered", "read", "played", "failed"]),
    at: Moment,
    errorCode: z.string().nullable(),
    errorDetail: z.string().nullable(),
  }),
  z.object({ type: z.literal("edit"), text: z.string().nullable(), at: Moment }),
  z.object({ type: z.literal("deletion"), at: Moment }),
  z.object({
    type: z.literal("reaction"),
    author: z.string(),
    authorName: z.string().nullable(),
    emoji: z.string().nullable(),
    at: Moment,
  }),
  z.object({ type: z.literal("read_on_phone"), at: Moment }),
  /** A message of ours that quotes it. */
  z.object({ type: z.literal("reply"), messageId: z.string(), at: Moment }),
]);
export type HeldEvent = z.infer<typeof HeldEvent>;

/** Keeps news of a message that is not there yet; the caller holds the lock on its external id. */
export async function holdEvent(
  tx: Tx,
  channelId: string,
  externalId: string,
  event: HeldEvent,
): Promise<void> {
  const stored = { ...event, at: event.at.toISOString() };
  await tx.db.heldEvent.create({ data: { id: newId("heldEvent"), channelId, externalId, event: stored } });
}

/** What waited for this message, in order of arrival, removed. */
export async function takeHeldEvents(tx: Tx, channelId: string, externalId: string): Promise<HeldEvent[]> {
  const rows = await tx.db.heldEvent.findMany({
    where: { channelId, externalId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  if (rows.length === 0) return [];
  await tx.db.heldEvent.deleteMany({ where: { id: { in: rows.map(({ id }) => id) } } });
  return rows.flatMap(({ event }) => HeldEvent.safeParse(event).data ?? []);
}
