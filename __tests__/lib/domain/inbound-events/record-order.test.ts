import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { recordInboundEvent } from "#lib/domain/inbound-events/record-inbound-event.ts";
import { asId } from "#lib/kernel/ids.ts";
import { aTextWebhook } from "#prisma/factories/inbound-event.ts";
import { anInbox } from "#prisma/factories/inbox.ts";

test("webhooks of one chat that share a commit are applied in the order in which they came", async () => {
  const { ctx, tenantId, channel } = await anInbox();
  const texts = Array.from({ length: 30 }, (_, index) => `mensaje ${index}`);
  await Promise.all(
    texts.map((text) =>
      recordInboundEvent({
        tenantId,
        channelId: asId("channel", channel.id),
        name: "messages.upsert",
        chatKey: "phone:51987654321",
        body: aTextWebhook(text),
        headers: {},
        receivedAt: new Date(),
      }),
    ),
  );
  await drainJobs("process-inbound-event");
  const messages = await inTransaction(ctx, (tx) =>
    tx.db.message.findMany({ orderBy: { createdAt: "asc" }, select: { text: true } }),
  );
  expect(messages.map(({ text }) => text)).toEqual(texts);
});
