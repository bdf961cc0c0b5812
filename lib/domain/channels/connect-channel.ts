import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { type Ctx, enqueue, inTransaction } from "#lib/domain/context.ts";
import { canonicalPhone } from "#lib/domain/phones/phone-number.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { asId, type ChannelId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { channelAccess, webhookTarget } from "./access.ts";
import { applyConnection, asNews, type ConnectionNews } from "./apply-connection.ts";
import { assertMayManageChannels } from "./policy.ts";
import { requireChannel } from "./queries.ts";

/**
 * Makes the gateway ready and asks it to connect; the answer may carry a QR code. A gateway that does
 * not answer is not an error of the caller: the channel says `setup_failed` and a job tries again.
 */
export async function connectChannel(
  ctx: Ctx,
  channelId: string,
  options: { pairingPhone?: string | undefined } = {},
): Promise<Channel> {
  assertMayManageChannels(ctx.actor);
  const pairingPhone = await pairingDigits(ctx, options.pairingPhone);
  const channel = await inTransaction(ctx, async (tx) => {
    const found = await requireChannel(tx, channelId);
    return tx.db.channel.update({ where: { id: found.id }, data: { wanted: true } });
  });
  const news = await askGateway(channel, pairingPhone);
  return inTransaction(ctx, async (tx) => {
    const current = await requireChannel(tx, channelId);
    if (news.type === "setup_failed")
      enqueue(
        tx,
        "set-up-channel",
        { channelId: asId("channel", current.id) },
        { key: current.id, startAfterS: 5 },
      );
    return applyConnection(tx, current, news);
  });
}

/** The job's half: true when there is nothing more to set up. */
export async function retrySetUp(ctx: Ctx, channelId: ChannelId): Promise<boolean> {
  const channel = await inTransaction(ctx, async (tx) =>
    tx.db.channel.findUnique({ where: { id: channelId } }),
  );
  const stuck =
    channel?.status === "setup_failed" || (channel?.status === "connecting" && channel.phone === null);
  if (!channel?.wanted || !stuck) return true;
  const news = await askGateway(channel, undefined);
  await inTransaction(ctx, async (tx) => applyConnection(tx, await requireChannel(tx, channelId), news));
  return news.type !== "setup_failed";
}

async function askGateway(channel: Channel, pairingPhone: string | undefined): Promise<ConnectionNews> {
  try {
    const adapter = adapterFor(channel.kind);
    const options = pairingPhone ? { pairingPhone } : {};
    return asNews(await adapter.connect(channelAccess(channel), webhookTarget(channel), options));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { type: "setup_failed", error: error.code, ...(error.detail && { detail: error.detail }) };
  }
}

async function pairingDigits(ctx: Ctx, phone: string | undefined): Promise<string | undefined> {
  if (phone === undefined) return undefined;
  const tenant = await inTransaction(ctx, (tx) =>
    tx.db.tenant.findUniqueOrThrow({ where: { id: ctx.tenantId } }),
  );
  const result = canonicalPhone(phone, tenant.country);
  if (result.verdict !== "invalid") return result.e164.slice(1);
  throw new AppError("recipient_invalid", {
    fields: [{ path: "pairingPhone", code: result.reason, message: "is not a phone number" }],
  });
}
