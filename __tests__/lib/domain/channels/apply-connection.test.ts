import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import type { DisconnectCause } from "#lib/channel-adapters/contract.ts";
import { applyConnection } from "#lib/domain/channels/apply-connection.ts";
import { getChannel, listTimeline, requireChannel } from "#lib/domain/channels/queries.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { asId } from "#lib/kernel/ids.ts";
import { aChannel } from "#prisma/factories/inbox.ts";
import { aTenant } from "#prisma/factories/tenant.ts";
import type { Channel } from "#prisma/generated/client.ts";

async function afterEnds(ctx: Ctx, channel: Channel, causes: DisconnectCause[]) {
  for (const cause of causes) {
    await inTransaction(ctx, async (tx) =>
      applyConnection(tx, await requireChannel(tx, channel.id), { type: "disconnected", cause, code: null }),
    );
  }
  const { lastErrorCode, errorCount } = await getChannel(ctx, asId("channel", channel.id));
  return { lastErrorCode, errorCount };
}

// The three announcements of one end, in each order in which their causes can stand.
test.each<DisconnectCause[][]>([
  [["banned", "banned", "unknown"]],
  [["banned", "unknown", "banned"]],
  [["unknown", "banned", "banned"]],
])("one end is one failure with the cause that anyone gave (%j)", async (causes) => {
  const { ctx } = await aTenant();
  const channel = await aChannel(ctx, { status: "connected" });
  expect(await afterEnds(ctx, channel, causes)).toEqual({
    lastErrorCode: "disconnect.banned",
    errorCount: 1,
  });
  const { data } = await listTimeline(ctx, asId("channel", channel.id), { limit: 50 });
  expect(data[0]?.data.cause).toBe("banned");
});

test("what a member has ended is no failure", async () => {
  const { ctx } = await aTenant();
  const channel = await aChannel(ctx, { status: "connected" });
  await inTransaction(ctx, async (tx) => {
    await tx.db.channel.update({ where: { id: channel.id }, data: { wanted: false } });
    const current = await requireChannel(tx, channel.id);
    return applyConnection(tx, current, { type: "disconnected_by_member", memberName: "Ana" });
  });
  expect(await afterEnds(ctx, channel, ["logged_out_on_phone"])).toEqual({
    lastErrorCode: null,
    errorCount: 0,
  });
});
