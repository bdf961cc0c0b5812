import type { IncomingMessage } from "#lib/channel-adapters/contract.ts";
import type { Tx } from "#lib/domain/context.ts";
import type { Conversation } from "#prisma/generated/client.ts";
import { applyHeldEvents } from "./apply-held-events.ts";
import { gatewayCallMs } from "./gateway-call.ts";
import { COMPARED_WITH, sameContent } from "./same-content.ts";
import { setStatus } from "./set-status.ts";

const CLOCK_SLACK_MS = 60_000;

/**
 * The gateway tells us of every send through its API, now and then before it answers the call itself
 * (evolution CONTRACT 9.4). If one of ours with the same content waits for that answer, this is it.
 */
export async function adoptEcho(
  tx: Tx,
  conversation: Conversation,
  echo: IncomingMessage,
): Promise<string | null> {
  const sent = echo.sentAt.getTime();
  // Longer after the claim no call of ours still runs in the gateway.
  const earliest = sent - gatewayCallMs() - CLOCK_SLACK_MS;
  const candidates = await tx.db.message.findMany({
    where: {
      conversationId: conversation.id,
      direction: "outbound",
      externalId: null,
      status: { in: ["sending", "unconfirmed"] },
      type: echo.content.type,
      claimedAt: { gte: new Date(earliest), lte: new Date(sent + CLOCK_SLACK_MS) },
    },
    // The one in flight before one given up on: `sending` sorts before `unconfirmed`.
    orderBy: [{ status: "asc" }, { orderedAt: "asc" }, { id: "asc" }],
    include: COMPARED_WITH,
  });
  const distance = ({ claimedAt }: { claimedAt: Date | null }) =>
    Math.abs((claimedAt?.getTime() ?? 0) - sent);
  const [waiting] = candidates
    .filter((message) => sameContent(message, echo.content))
    .sort((a, b) => distance(a) - distance(b));
  if (!waiting) return null;
  await setStatus(tx, waiting, "sent", echo.sentAt, { externalId: echo.externalId });
  await applyHeldEvents(tx, conversation.channelId, echo.externalId);
  return waiting.id;
}
