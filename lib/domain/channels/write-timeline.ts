import type { Tx } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import type { ConnectionNews } from "./apply-connection.ts";
import type { TimelineEntry, TimelineKind } from "./schema.ts";

type Line = { kind: TimelineKind; data: TimelineEntry["data"] };

/** What a change of the connection adds to the channel's history. */
export function timelineOf(channel: Channel, news: ConnectionNews, changed: boolean): Line[] {
  switch (news.type) {
    case "connected": {
      if (!changed) return [];
      const connected: Line = { kind: "connected", data: news.ownPhone ? { phone: news.ownPhone } : {} };
      return channel.qrCode ? [{ kind: "scanned", data: {} }, connected] : [connected];
    }
    case "qr":
      return changed && channel.qrCode === null ? [{ kind: "qr_shown", data: {} }] : [];
    case "connecting":
      return changed && channel.status === "connected" ? [{ kind: "connection_unstable", data: {} }] : [];
    case "unresponsive":
      return [{ kind: "unresponsive", data: {} }];
    case "disconnected": {
      const kind = news.cause === "qr_exhausted" ? "qr_exhausted" : "disconnected";
      return [{ kind, data: { cause: news.cause, code: news.code } }];
    }
    case "disconnected_by_member":
      return [{ kind: "disconnected_by_member", data: { memberName: news.memberName } }];
    case "setup_failed":
      return changed ? [{ kind: "setup_failed", data: { error: news.error } }] : [];
  }
}

/** Drops closer together than this are one line with a count. */
const FLAPPING_MS = 10 * 60_000;

export async function writeLines(tx: Tx, channelId: string, lines: readonly Line[]): Promise<void> {
  for (const { kind, data } of lines) {
    if (kind === "connection_unstable" && (await countAnotherDrop(tx, channelId))) continue;
    await writeTimeline(tx, channelId, kind, data);
  }
}

export async function writeTimeline(
  tx: Tx,
  channelId: string,
  kind: TimelineKind,
  data: TimelineEntry["data"] = {},
): Promise<void> {
  await tx.db.channelEvent.create({ data: { id: newId("channelEvent"), channelId, kind, data } });
}

/**
 * A number that is open in two places, or a gateway without network, drops and returns for as long as
 * it lasts, several times a second (evolution CONTRACT rule 10 and section 15): that is one happening.
 */
async function countAnotherDrop(tx: Tx, channelId: string): Promise<boolean> {
  const [latest, before] = await tx.db.channelEvent.findMany({
    where: { channelId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: 2,
  });
  const returned = latest?.kind === "connected" ? latest : null;
  const drop = returned ? before : latest;
  const now = new Date();
  if (drop?.kind !== "connection_unstable" || now.getTime() - drop.at.getTime() > FLAPPING_MS) return false;
  if (returned) await tx.db.channelEvent.delete({ where: { id: returned.id } });
  const data = { count: countOf(drop.data) + 1 };
  await tx.db.channelEvent.update({ where: { id: drop.id }, data: { at: now, data } });
  return true;
}

/** Adds to the line of messages recovered when that is the newest, instead of one line per round. */
export async function writeRecovered(tx: Tx, channelId: string, count: number): Promise<void> {
  const latest = await tx.db.channelEvent.findFirst({
    where: { channelId },
    orderBy: [{ at: "desc" }, { id: "desc" }],
  });
  if (latest?.kind !== "messages_recovered")
    return writeTimeline(tx, channelId, "messages_recovered", { count });
  const data = { count: countOf(latest.data, 0) + count };
  await tx.db.channelEvent.update({ where: { id: latest.id }, data: { at: new Date(), data } });
}

function countOf(data: unknown, otherwise = 1): number {
  const count: unknown = data && typeof data === "object" ? Reflect.get(data, "count") : undefined;
  return typeof count === "number" ? count : otherwise;
}
