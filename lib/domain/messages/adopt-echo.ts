import type { IncomingMessage } from "#lib/channel-adapters/contract.ts";
import type { Tx } from "#lib/domain/context.ts";
import type { Conversation } from "#prisma/generated/client.ts";
import { applyHeldReceipts } from "./apply-receipt.ts";
import { contentColumns } from "./content.ts";
import { setStatus } from "./set-status.ts";

/**
 * The gateway tells us of every send through its API, now and then before it answers the call itself
 * (evolution CONTRACT 9.4). If one of ours with the same content waits for that answer, this is it.
 */
export async function adoptEcho(
  tx: Tx,
  conversation: Conversation,
  echo: IncomingMessage,
): Promise<string | null> {
  const { type, text } = contentColumns(echo.content);
  const waiting = await tx.db.message.findFirst({
    where: {
      conversationId: conversation.id,
      direction: "outbound",
      externalId: null,
      status: { in: ["sending", "unconfirmed"] },
      type,
      text,
    },
    // The one in flight before one given up on: `sending` sorts before `unconfirmed`.
    orderBy: [{ status: "asc" }, { orderedAt: "asc" }, { id: "asc" }],
  });
  if (!waiting) return null;
  await setStatus(tx, waiting, "sent", echo.sentAt, { externalId: echo.externalId });
  await applyHeldReceipts(tx, conversation.channelId, echo.externalId);
  return waiting.id;
}
