import type { ChannelKind } from "#lib/channel-adapters/contract.ts";
import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { isDatabaseDown } from "#lib/db/client.ts";
import { findReceivingChannel } from "#lib/domain/inbound-events/channel-directory.ts";
import { type Delivery, recordInboundEvent } from "#lib/domain/inbound-events/record-inbound-event.ts";
import { spoolDelivery } from "#lib/domain/inbound-events/spool.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { logger } from "#lib/kernel/logger.ts";
import { webhooks } from "#lib/kernel/metrics.ts";
import { readLimited } from "./body.ts";
import { problem, toAppError } from "./problem.ts";

/** Media never comes inside webhooks (we register with base64 off); long texts and history chunks fit well. */
export const WEBHOOK_BYTES_MAX = 10 * 1024 * 1024;

/** Headers worth keeping with the event; secrets are not among them. */
const KEPT_HEADERS = ["content-type", "user-agent", "x-forwarded-for"];

/**
 * The way in for providers: find the channel, verify, store, answer (DESIGN.md D2). 200 means stored, in
 * the database or on the disk. The gateway never repeats after 400, 401, 403, 404 and 422, so those
 * are only for what cannot heal.
 */
export function webhookRoute(kind: ChannelKind) {
  return async (request: Request, context: { params: Promise<{ channelId: string }> }): Promise<Response> => {
    try {
      const { channelId } = await context.params;
      const outcome = await receive(kind, channelId, request);
      webhooks.inc({ outcome });
      return new Response(null, { status: 200 });
    } catch (error) {
      const failure = toAppError(error);
      webhooks.inc({ outcome: failure.code });
      if (failure.reportable)
        logger.error({ err: failure.cause ?? failure, code: failure.code }, "webhook not stored");
      return problem(failure, request);
    }
  };
}

async function receive(
  kind: ChannelKind,
  channelId: string,
  request: Request,
): Promise<"stored" | "duplicate" | "spooled"> {
  const channel = await findReceivingChannel(channelId);
  if (channel?.kind !== kind) throw new AppError("not_found");
  const adapter = adapterFor(kind);
  const rawBody = await readLimited(request, WEBHOOK_BYTES_MAX);
  if (!adapter.verify({ headers: request.headers, rawBody }, channel.secrets))
    throw new AppError("webhook_unauthorized");
  const payload = parseJson(rawBody);
  const delivery: Delivery = {
    tenantId: channel.tenantId,
    channelId: channel.id,
    name: adapter.eventName(payload),
    chatKey: adapter.routingKey(payload),
    body: rawBody,
    headers: keptHeaders(request.headers),
    receivedAt: new Date(),
  };
  try {
    return await recordInboundEvent(delivery);
  } catch (error) {
    // The channel was deleted a moment ago.
    if (error instanceof AppError && error.code === "not_found") throw error;
    // Whatever keeps the database from taking it, the disk can.
    logger.warn({ err: error, down: isDatabaseDown(error) }, "webhook spooled");
    await spoolDelivery(delivery);
    return "spooled";
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_json", { cause });
  }
}

function keptHeaders(headers: Headers): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of KEPT_HEADERS) {
    const value = headers.get(name);
    if (value !== null) kept[name] = value;
  }
  return kept;
}
