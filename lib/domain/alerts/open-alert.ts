import type { ChannelErrorCode } from "#lib/domain/channels/schema.ts";
import { emit, enqueue, type Tx } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { AlertData } from "./present.ts";
import type { AlertKind } from "./schema.ts";

export type Trouble = {
  kind: AlertKind;
  channelId: string;
  code: ChannelErrorCode | null;
  /** When it began. */
  since: Date;
};

/** What is over within a minute is nobody's e-mail. */
const MAIL_AFTER_S = 60;

/**
 * Tells owners and admins of a trouble with a number. Of one kind there is one open alert per channel:
 * the same news again change nothing, another cause brings a dismissed alert back.
 */
export async function openAlert(tx: Tx, { kind, channelId, code, since }: Trouble): Promise<void> {
  const id = newId("alert");
  const data = { code, since: since.toISOString(), mailedTo: [] };
  const { count } = await tx.db.alert.createMany({
    data: [{ id, kind, channelId, data }],
    skipDuplicates: true,
  });
  if (count > 0) {
    enqueue(tx, "mail-alert", { alertId: id }, { key: id, startAfterS: MAIL_AFTER_S });
    emit(tx, { type: "alert.updated", alertId: id });
    return;
  }
  const open = await tx.db.alert.findFirst({ where: { channelId, kind, resolvedAt: null } });
  if (!open) return;
  const known = AlertData.parse(open.data);
  if (known.code === code) return;
  await tx.db.alert.update({
    where: { id: open.id },
    data: { data: { ...known, code }, dismissedAt: null },
  });
  emit(tx, { type: "alert.updated", alertId: open.id });
}
