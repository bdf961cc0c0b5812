import { z } from "zod";
import { isErrorCode } from "#lib/kernel/errors.ts";
import { asId, type ConversationId } from "#lib/kernel/ids.ts";
import type { InboundEvent } from "#prisma/generated/client.ts";
import { REDACTED, redactBody, redactText } from "./redact.ts";
import type { Became, InboundEventDetail, InboundEventView } from "./schema.ts";

const BODY_SHOWN_MAX = 400_000;
const SECRET_HEADER = /auth|key|secret|token|cookie|signature/i;

const Outcome = z
  .array(z.object({ kind: z.string(), id: z.string().exactOptional(), reason: z.string().exactOptional() }))
  .catch([]);
const Headers = z.record(z.string(), z.string()).catch({});

export type EventRow = Omit<InboundEvent, "tenantId" | "body" | "headers" | "contentHash">;

/** Where what an event became can be seen: the conversation by the id of a message or contact. */
export type Places = ReadonlyMap<string, ConversationId>;

export function outcomeOf(row: Pick<EventRow, "outcome">): z.infer<typeof Outcome> {
  return Outcome.parse(row.outcome ?? []);
}

export function presentInboundEvent(row: EventRow, places: Places): InboundEventView {
  const code = row.errorCode === null ? null : isErrorCode(row.errorCode) ? row.errorCode : "internal";
  const detail = row.errorDetail ? { detail: redactText(row.errorDetail) } : {};
  return {
    id: asId("inboundEvent", row.id),
    channelId: asId("channel", row.channelId),
    name: row.name,
    chatKey: row.chatKey,
    status: row.status,
    became: outcomeOf(row).map((effect) => presentEffect(effect, places)),
    error: code && { code, ...detail },
    attempts: row.attempts,
    receivedAt: row.receivedAt.toISOString(),
    processedAt: row.processedAt?.toISOString() ?? null,
  };
}

function presentEffect(effect: z.infer<typeof Outcome>[number], places: Places): Became {
  const conversationId = effect.id && places.get(effect.id);
  return { ...effect, ...(conversationId && { conversationId }) };
}

export function presentInboundEventDetail(row: InboundEvent, places: Places): InboundEventDetail {
  const body = redactBody(row.body);
  return {
    ...presentInboundEvent(row, places),
    headers: presentHeaders(row.headers),
    contentHash: row.contentHash,
    body: body.slice(0, BODY_SHOWN_MAX),
    bodyBytes: Buffer.byteLength(row.body),
    bodyTruncated: body.length > BODY_SHOWN_MAX,
  };
}

function presentHeaders(stored: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Headers.parse(stored)).map(([name, value]) => [
      name,
      SECRET_HEADER.test(name) ? REDACTED : redactText(value),
    ]),
  );
}
