import type { Tx } from "#lib/domain/context.ts";
import { changeMessage } from "./apply-change.ts";
import { tickMessage } from "./apply-receipt.ts";
import { lockByExternalId } from "./queries.ts";
import { takeHeldEvents } from "./record-held-event.ts";

/** Gives a message, just stored under its external id, what came before it. */
export async function applyHeldEvents(tx: Tx, channelId: string, externalId: string): Promise<void> {
  for (const event of await takeHeldEvents(tx, channelId, externalId)) {
    const message = await lockByExternalId(tx, channelId, externalId);
    if (!message) return;
    if (event.type === "receipt") await tickMessage(tx, message, event);
    else await changeMessage(tx, message, event);
  }
}
