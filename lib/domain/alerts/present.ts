import { z } from "zod";
import { readErrorCode } from "#lib/domain/channels/schema.ts";
import { asId } from "#lib/kernel/ids.ts";
import type { Alert, Channel } from "#prisma/generated/client.ts";
import { ALERT_KINDS, type AlertView } from "./schema.ts";

export const WITH_CHANNEL = { channel: { select: { name: true, phone: true } } } as const;

export type AlertRow = Alert & { channel: Pick<Channel, "name" | "phone"> | null };

/** What `alerts.data` holds. */
export const AlertData = z
  .object({
    code: z.string().nullable().catch(null),
    since: z.iso.datetime().nullable().catch(null),
    /** Members who have got the e-mail: a repeated job leaves them alone. */
    mailedTo: z.array(z.string()).catch([]),
  })
  .catch({ code: null, since: null, mailedTo: [] });

export function presentAlert(row: AlertRow): AlertView {
  const { code, since } = AlertData.parse(row.data);
  return {
    id: asId("alert", row.id),
    kind: ALERT_KINDS.find((known) => known === row.kind) ?? "channel_down",
    channelId: row.channelId === null ? null : asId("channel", row.channelId),
    channelName: row.channel?.name ?? "",
    phone: row.channel?.phone ?? null,
    code: readErrorCode(code),
    since: since ?? row.at.toISOString(),
    at: row.at.toISOString(),
    mailedAt: row.mailedAt?.toISOString() ?? null,
    dismissedAt: row.dismissedAt?.toISOString() ?? null,
    resolvedAt: row.resolvedAt?.toISOString() ?? null,
  };
}
