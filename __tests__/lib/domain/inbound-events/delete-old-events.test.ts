import "#__tests__/support/database.ts";
import { fromUUID } from "typeid-js";
import { expect, test } from "vitest";
import { systemTransaction } from "#lib/db/client.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { purgeEvents } from "#lib/domain/inbound-events/delete-old-events.ts";
import { anInboundEvent } from "#prisma/factories/inbound-event.ts";
import { anInbox } from "#prisma/factories/inbox.ts";

const DAY_MS = 86_400_000;
const now = new Date("2026-11-20T12:00:00Z");
const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
/** An id as it would have been made then. */
const idAt = (prefix: string, at: Date) => {
  const ms = at.getTime().toString(16).padStart(12, "0");
  return fromUUID(`${ms.slice(0, 8)}-${ms.slice(8)}-7${"abc"}-8000-0000000000ff`, prefix).toString();
};

test("raw events go after each business's own time, but never one that is still to be applied", async () => {
  const [short, long] = [await anInbox(), await anInbox()];
  await systemTransaction((db) =>
    db.tenant.update({ where: { id: short.tenantId }, data: { eventRetentionDays: 7 } }),
  );
  for (const shop of [short, long]) {
    for (const days of [6.9, 7.1, 31])
      await anInboundEvent(shop.ctx, shop.channel, { status: "processed", receivedAt: ago(days) });
    await anInboundEvent(shop.ctx, shop.channel, { status: "failed", receivedAt: ago(40) });
    await anInboundEvent(shop.ctx, shop.channel, { status: "pending", receivedAt: ago(40) });
  }
  expect(await purgeEvents(now)).toMatchObject({ inboundEvents: 5 });
  const left = async ({ ctx }: typeof short) =>
    (await inTransaction(ctx, (tx) => tx.db.inboundEvent.findMany({ orderBy: { receivedAt: "desc" } }))).map(
      ({ receivedAt, status }) => [receivedAt.getTime(), status],
    );
  expect(await left(short)).toEqual([
    [ago(6.9).getTime(), "processed"],
    [ago(40).getTime(), "pending"],
  ]);
  expect(await left(long)).toEqual([
    [ago(6.9).getTime(), "processed"],
    [ago(7.1).getTime(), "processed"],
    [ago(40).getTime(), "pending"],
  ]);
  expect(await purgeEvents(now)).toMatchObject({ inboundEvents: 0 });
});

test("the remains of finished work go too, what is unfinished stays", async () => {
  const { ctx, channel } = await anInbox();
  await inTransaction(ctx, async (tx) => {
    await tx.db.domainEvent.deleteMany();
    for (const [days, published] of [
      [2, true],
      [4, true],
      [5, false],
    ] as const)
      await tx.db.domainEvent.create({
        data: {
          id: idAt("evt", ago(days)),
          type: "channel.updated",
          payload: {},
          createdAt: ago(days),
          ...(published && { publishedAt: ago(days) }),
        },
      });
    for (const days of [1, 3])
      await tx.db.idempotencyKey.create({
        data: { key: `key-${days}`, requestHash: "x", status: 201, body: {}, createdAt: ago(days) },
      });
    for (const days of [29, 31])
      await tx.db.heldEvent.create({
        data: {
          id: idAt("hev", ago(days)),
          channelId: channel.id,
          externalId: "A",
          event: {},
          createdAt: ago(days),
        },
      });
  });
  expect(await purgeEvents(now)).toMatchObject({ domainEvents: 1, idempotencyKeys: 1, heldEvents: 1 });
  const events = await inTransaction(ctx, (tx) => tx.db.domainEvent.findMany({ orderBy: { id: "asc" } }));
  expect(events.map(({ createdAt }) => createdAt)).toEqual([ago(5), ago(2)]);
});
