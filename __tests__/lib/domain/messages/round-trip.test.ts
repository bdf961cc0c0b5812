import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { phones } from "#__tests__/support/gateway.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { until } from "#__tests__/support/until.ts";
import { systemContext } from "#lib/auth/system-context.ts";
import { listChannels } from "#lib/domain/channels/queries.ts";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { listConversations } from "#lib/domain/conversations/queries.ts";
import { listMessages } from "#lib/domain/messages/queries.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { registerTenant } from "#lib/domain/tenants/register-tenant.ts";

const PAGE = { limit: 50 };

async function registered() {
  const { tenant, channel } = await registerTenant({
    businessName: "Peluquería Luz",
    name: "Luz Mamani",
    email: `luz-${crypto.randomUUID()}@example.test`,
    password: "una clave bastante larga",
  });
  const ctx = systemContext(tenant.id);
  const { instanceName } = await inTransaction(ctx, (tx) =>
    tx.db.channel.findUniqueOrThrow({ where: { id: channel.id } }),
  );
  if (!instanceName) throw new Error("no instance");
  return { ctx, channel, instance: instanceName };
}

test("a customer writes, the reply reaches the phone, and its ticks turn blue", async () => {
  const { ctx, channel, instance } = await registered();
  expect(channel).toMatchObject({
    status: "qr",
    qr: { image: expect.stringMatching(/^data:image\/png;base64,/) },
  });

  await phones.scan(instance, { phone: "51900000001" });
  const connected = await until("connected", async () => {
    await drainJobs();
    const [now] = await listChannels(ctx);
    return now?.status === "connected" ? now : null;
  });
  expect(connected).toMatchObject<Partial<ChannelView>>({ phone: "+51900000001" });

  await phones.write(instance, "51987654321", { type: "text", text: "Hola, ¿tienen turno?", name: "Rosa" });
  const conversation = await until("the chat", async () => {
    await drainJobs();
    return (await listConversations(ctx, PAGE)).data[0];
  });
  expect(conversation).toMatchObject({
    unreadCount: 1,
    contact: { profileName: "Rosa", phone: "+51987654321" },
  });

  await sendMessage(ctx, conversation.id, { type: "text", text: "Sí, mañana a las 4" });
  await drainJobs("deliver-message");
  const shown = await until("the reply on the customer's phone", async () =>
    (await phones.messages(instance, "51987654321")).find((message) => message.text === "Sí, mañana a las 4"),
  );
  expect(shown).toBeDefined();
  await phones.read(instance, "51987654321");
  const reply = await until("blue ticks", async () => {
    await drainJobs();
    const { data } = await listMessages(ctx, conversation.id, PAGE);
    return data.find(({ status }) => status === "read");
  });
  expect(Object.keys(reply.receipts)).toEqual(expect.arrayContaining(["sent", "delivered", "read"]));
  const { data } = await listMessages(ctx, conversation.id, PAGE);
  expect(data.map(({ text }) => text)).toEqual(["Sí, mañana a las 4", "Hola, ¿tienen turno?"]);
});
