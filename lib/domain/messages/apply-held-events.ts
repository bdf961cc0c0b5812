import type { Tx } from "#lib/domain/context.ts";
import { requireConversation } from "#lib/domain/conversations/queries.ts";
import { markReadUpTo } from "#lib/domain/threads/mark-read-up-to.ts";
import type { Message } from "#prisma/generated/client.ts";
import { changeMessage } from "./apply-change.ts";
import { tickMessage } from "./apply-receipt.ts";
import { applyReply } from "./apply-reply.ts";
import { lockByExternalId } from "./queries.ts";
import { type HeldEvent, takeHeldEvents } from "./record-held-event.ts";

/** Gives a message, just stored under its external id, what came before it. */
export async function applyHeldEvents(tx: Tx, channelId: string, externalId: string): Promise<void> {
  for (const event of await takeHeldEvents(tx, channelId, externalId)) {
    const message = await lockByExternalId(tx, channelId, externalId);
    if (!message) return;
    await applyTo(tx, message, event);
  }
}

async function applyTo(tx: Tx, message: Message, event: HeldEvent): Promise<void> {
  switch (event.type) {
    case "receipt":
      return tickMessage(tx, message, event);
    case "read_on_phone":
      return markReadUpTo(tx, await requireConversation(tx, message.conversationId), message.orderedAt);
    case "reply":
      return applyReply(tx, message, event.messageId);
    default:
      return changeMessage(tx, message, event);
  }
}
