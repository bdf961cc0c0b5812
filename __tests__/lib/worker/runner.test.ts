import "#__tests__/support/database.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { aConnectedNumber } from "#__tests__/support/connected-number.ts";
import { countOf, sql } from "#__tests__/support/database-rows.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { until } from "#__tests__/support/until.ts";
import { markRead } from "#lib/domain/conversations/mark-read.ts";
import { getConversation } from "#lib/domain/conversations/queries.ts";
import { spoolDelivery, spooledCount } from "#lib/domain/inbound-events/spool.ts";
import { getMessage } from "#lib/domain/messages/queries.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { asId } from "#lib/kernel/ids.ts";
import { startWorker } from "#lib/worker/runner.ts";

const dataDir = await mkdtemp(path.join(tmpdir(), "recado-worker-"));
process.env.DATA_DIR = dataDir;

test("a running worker takes jobs up by itself, drains the spool, and leaves nothing half done when it stops", async () => {
  const number = await aConnectedNumber();
  const { ctx, instance, customer, conversationId, tenantId, channel } = number;
  const worker = await startWorker();
  try {
    await phones.write(instance, customer, { type: "text", text: "hola", name: "Rosa" });
    await until("the message", async () => (await getConversation(ctx, conversationId)).unreadCount === 1);
    await markRead(ctx, conversationId);
    await until("the customer's blue ticks", async () => {
      const [message] = await phones.messages(instance, customer);
      return message?.status === "read";
    });

    const body = JSON.stringify({
      event: "messages.upsert",
      data: {
        key: { remoteJid: `${customer}@s.whatsapp.net`, fromMe: false, id: "3EB0SPOOL" },
        message: { conversation: "del disco" },
        messageTimestamp: Math.floor(Date.now() / 1000),
      },
    });
    await spoolDelivery({
      tenantId,
      channelId: asId("channel", channel.id),
      name: "messages.upsert",
      chatKey: `phone:${customer}`,
      body,
      headers: {},
      receivedAt: new Date(),
    });
    await until("the spool is empty", async () => (await spooledCount()) === 0);
    await until(
      "the spooled message",
      async () => (await getConversation(ctx, conversationId)).lastMessage?.text === "del disco",
    );

    const ids = [];
    for (const text of ["uno", "dos", "tres"])
      ids.push(asId("message", (await sendMessage(ctx, conversationId, { type: "text", text })).id));
    const last = ids.at(-1);
    await until("delivered", async () => last && (await getMessage(ctx, last)).status === "delivered");
  } finally {
    await worker.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  const shown = (await phones.messages(instance, customer))
    .filter(({ from }) => from === "business")
    .map(({ text }) => text);
  expect(shown).toEqual(["uno", "dos", "tres"]);
  expect(await countOf("pgboss.job", "state = 'active'")).toBe(0);
  expect(
    await sql("select id from messages where tenant_id = $1 and status in ('queued', 'sending')", [tenantId]),
  ).toEqual([]);
});
