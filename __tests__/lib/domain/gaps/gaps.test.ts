import "#__tests__/support/database.ts";
import { afterEach, expect, test } from "vitest";
import { aConnectedBusiness, settle } from "#__tests__/support/business.ts";
import { countOf } from "#__tests__/support/database-rows.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { drainJobs, queuedJobs } from "#__tests__/support/jobs.ts";
import { until } from "#__tests__/support/until.ts";
import { connectChannel } from "#lib/domain/channels/connect-channel.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { listConversations } from "#lib/domain/conversations/queries.ts";
import { listGaps } from "#lib/domain/gaps/queries.ts";
import { markUnasked, reconcileChannel } from "#lib/domain/messages/reconcile-channel.ts";
import { newId } from "#lib/kernel/ids.ts";
import { aConversation } from "#prisma/factories/inbox.ts";

type Business = Awaited<ReturnType<typeof aConnectedBusiness>>;
const PHONE = "51987650001";
const OTHER = "51987650002";

afterEach(() => phones.scenario({ name: "calm" }));

async function chats({ ctx }: Business) {
  return (await listConversations(ctx, { limit: 50 })).data;
}

async function withChats(): Promise<Business> {
  const business = await aConnectedBusiness();
  for (const phone of [PHONE, OTHER])
    await phones.write(business.instance, phone, { type: "text", text: "Hola" });
  await settle(business.instance);
  // One of them has been quiet for long.
  const [active, quiet] = await chats(business);
  expect(active).toBeDefined();
  await inTransaction(business.ctx, (tx) =>
    tx.db.conversation.update({
      where: { id: quiet?.id ?? "" },
      data: { lastMessageAt: new Date(Date.now() - 8 * 24 * 3600_000) },
    }),
  );
  return business;
}

async function gapsOf(business: Business) {
  const found = await Promise.all((await chats(business)).map(({ id }) => listGaps(business.ctx, id)));
  return found.flat();
}

/** An active chat of which WhatsApp sends no history. */
async function aChatWithoutHistory(business: Business) {
  const chat = await aConversation(business.ctx, await business.read(), "51987650009", "Sin historia");
  const data = { lastMessageId: newId("message"), lastMessageAt: new Date() };
  await inTransaction(business.ctx, (tx) => tx.db.conversation.update({ where: { id: chat.id }, data }));
  return chat.id;
}

test("a connection made anew leaves a mark in active chats that history does not cover", async () => {
  const business = await withChats();
  const forgotten = await aChatWithoutHistory(business);
  await phones.scenario({ instance: business.instance, name: "disconnect", code: 401 });
  const { lostAt } = await business.becomes("disconnected");
  expect(lostAt).not.toBeNull();
  await connectChannel(business.ctx, business.channelId);
  await business.scan();
  const jobs = await queuedJobs("reconcile-channel");
  expect(jobs).toContainEqual({ tenantId: business.ctx.tenantId, channelId: business.channelId });
  // The phone hands its history over a moment after it is connected.
  await until("the history", async () => {
    await settle(business.instance);
    const heard = "channel_id = $1 and name = 'messages.set' and status <> 'pending'";
    return (await countOf("inbound_events", heard, [business.channelId])) > 0;
  });
  await reconcileChannel(business.ctx, business.channelId);
  const { recordSince } = await business.read();
  const gaps = await gapsOf(business);
  // The other active chat got its latest messages as history, from before the gap on.
  expect(gaps).toMatchObject([
    {
      conversationId: forgotten,
      reason: "record_lost",
      from: lostAt?.toISOString(),
      to: recordSince?.toISOString(),
    },
  ]);
  // Asked again, it is the same mark.
  await reconcileChannel(business.ctx, business.channelId);
  expect(await gapsOf(business)).toEqual(gaps);
});

test("a gateway that cannot be asked leaves a mark until it can", async () => {
  const business = await withChats();
  const { ctx, channelId } = business;
  await phones.setLine(business.instance, false);
  await business.becomes("connecting");
  await phones.write(business.instance, PHONE, { type: "text", text: "¿Están?" });
  await phones.setFaults({ dropRate: 1 });
  await phones.setLine(business.instance, true);
  const hourAgo = new Date(Date.now() - 3600_000);
  await business.change({ lostAt: new Date(Date.now() - 40 * 60_000), recordSince: hourAgo });
  await inTransaction(ctx, (tx) =>
    tx.db.channel.update({
      where: { id: channelId },
      data: { status: "connected", statusSince: new Date() },
    }),
  );
  await phones.setFaults({ down: true });
  await expect(reconcileChannel(ctx, channelId)).rejects.toMatchObject({ code: "gateway_unreachable" });
  await markUnasked(ctx, channelId);
  expect(await gapsOf(business)).toMatchObject([{ reason: "not_asked" }]);

  await phones.setFaults({ down: false, dropRate: 0 });
  await settle(business.instance);
  await drainJobs();
  await reconcileChannel(ctx, channelId, { inFlightMs: 0 });
  expect(await gapsOf(business)).toEqual([]);
  const { data } = await listConversations(ctx, { limit: 50, q: PHONE });
  expect(data[0]?.lastMessage?.text).toBe("¿Están?");
});

test("an outage over which the record can be asked leaves no mark", async () => {
  const business = await withChats();
  await phones.setLine(business.instance, false);
  await business.becomes("connecting");
  await phones.setLine(business.instance, true);
  await business.becomes("connected");
  await business.change({ statusSince: new Date(Date.now() - 61_000) });
  await reconcileChannel(business.ctx, business.channelId);
  expect(await gapsOf(business)).toEqual([]);
  // All has come in by then: the loss is made up for.
  expect((await business.read()).lostAt).toBeNull();
});
