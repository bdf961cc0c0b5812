import "#__tests__/support/database.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { aConnectedBusiness, settle } from "#__tests__/support/business.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { until } from "#__tests__/support/until.ts";
import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { channelAccess } from "#lib/domain/channels/access.ts";
import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { processInboundEvent } from "#lib/domain/inbound-events/process-inbound-event.ts";
import { compareRecords } from "#lib/domain/messages/reconcile-records.ts";
import { newId } from "#lib/kernel/ids.ts";
import { aChannel } from "#prisma/factories/inbox.ts";
import { aTenant } from "#prisma/factories/tenant.ts";
import type { Channel, InboundEvent } from "#prisma/generated/client.ts";

const PHONES = ["51987650001", "51987650002"] as const;

/** What a lively quarter of an hour makes the gateway say, and what it has on record of it. */
async function aScript() {
  const { ctx, instance, read } = await aConnectedBusiness();
  const written: { id: string; at: string }[] = [];
  for (let n = 0; n < 6; n++) {
    const phone = PHONES[n % 2] ?? PHONES[0];
    const by = n === 3 ? phones.writeFromPhone : phones.write;
    written.push(await by(instance, phone, { type: "text", text: `mensaje ${n}` }));
  }
  await phones.read(instance, PHONES[1]);
  // An edit moves the record's time, in whole seconds.
  await until("another second", () => Date.now() - Date.parse(written.at(-1)?.at ?? "") > 2100, 5000);
  await phones.write(instance, PHONES[0], { type: "edit", target: written[0]?.id ?? "", text: "cambiado" });
  await phones.write(instance, PHONES[1], { type: "delete", target: written[1]?.id ?? "" });
  await settle(instance);
  const channel = await read();
  const records = await adapterFor(channel.kind).findMessages(channelAccess(channel), {
    from: new Date(Date.now() - 600_000),
    to: new Date(Date.now() + 60_000),
    limit: 100,
  });
  const webhooks = await inTransaction(ctx, (tx) =>
    tx.db.inboundEvent.findMany({
      where: { name: { startsWith: "messages." } },
      orderBy: { id: "asc" },
    }),
  );
  return { records, webhooks };
}

async function deliver(ctx: Ctx, channel: Channel, { name, chatKey, body, receivedAt }: InboundEvent) {
  const id = newId("inboundEvent");
  const data = { id, channelId: channel.id, name, chatKey, body, headers: {}, contentHash: id, receivedAt };
  await inTransaction(ctx, (tx) => tx.db.inboundEvent.create({ data }));
  await processInboundEvent(ctx, id);
}

/** What a person sees, whatever way it came. */
async function shown(ctx: Ctx) {
  const rows = await inTransaction(ctx, (tx) =>
    tx.db.message.findMany({ orderBy: [{ conversationId: "asc" }, { orderedAt: "asc" }, { id: "asc" }] }),
  );
  return rows
    .map(({ externalId, text, status, deletedAt }) =>
      JSON.stringify([externalId, deletedAt ? null : text, status, deletedAt !== null]),
    )
    .toSorted();
}

test("webhooks and the record come to the same end in any order, any number of times", async () => {
  const { records, webhooks } = await aScript();
  expect(records).toHaveLength(6);
  expect(webhooks.length).toBeGreaterThan(8);
  const steps = [...webhooks.map((_, index) => index), ...webhooks.map((_, index) => index), -1, -1];

  const reference = await aTenant();
  const referenceChannel = await aChannel(reference.ctx);
  for (const webhook of webhooks) await deliver(reference.ctx, referenceChannel, webhook);
  await compareRecords(reference.ctx, referenceChannel, records);
  const expected = await shown(reference.ctx);
  expect(expected).toHaveLength(6);
  expect(expected.join()).toContain("cambiado");

  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(steps, { minLength: 1, maxLength: steps.length }), async (order) => {
      const { ctx } = await aTenant();
      const channel = await aChannel(ctx);
      for (const step of order) {
        const webhook = webhooks[step];
        if (webhook) await deliver(ctx, channel, webhook);
        else await compareRecords(ctx, channel, records);
      }
      await compareRecords(ctx, channel, records);
      expect(await shown(ctx)).toEqual(expected);
    }),
    { numRuns: 12 },
  );
}, 60_000);
