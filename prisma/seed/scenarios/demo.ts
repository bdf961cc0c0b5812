import { systemContext } from "#lib/auth/system-context.ts";
import { createControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { receiveMessage } from "#lib/domain/messages/receive-message.ts";
import { registerTenant } from "#lib/domain/tenants/register-tenant.ts";
import { env } from "#lib/kernel/env.ts";
import { DEMO_CHATS } from "./demo-chats.ts";

const PASSWORD = "recado de prueba";

/** A hairdresser's shop with a week of chats, its number linked to the practice phone. */
export const demo = {
  about: "one shop with lively chats in Spanish, linked to the practice phone",
  async run({ url }: { url: string }): Promise<string> {
    const email = `demo-${Date.now().toString(36)}@example.com`;
    const { tenant, channel } = await registerTenant({
      businessName: "Peluquería Luz de Luna",
      name: "Luz Mamani",
      email,
      password: PASSWORD,
      country: "PE",
      timeZone: "America/Lima",
      locale: "es",
    });
    const ctx = systemContext(tenant.id);
    const row = await inTransaction(ctx, (tx) =>
      tx.db.channel.findUniqueOrThrow({ where: { id: channel.id } }),
    );
    const sandbox = env().SANDBOX_URL;
    if (sandbox && row.instanceName) {
      const digits = String(10_000_000 + (Date.now() % 89_999_999));
      await createControlClient({ url: sandbox }).scan(row.instanceName, { phone: `519${digits}` });
    }
    for (const { phone, name, lines } of DEMO_CHATS) {
      for (const [index, { from, text, hoursAgo }] of lines.entries()) {
        const sentAt = new Date(Math.floor(Date.now() / 1000) * 1000 - hoursAgo * 3_600_000);
        const message = {
          externalId: `demo.${phone}.${index}`,
          chat: [{ kind: "phone" as const, id: phone }],
          ...(from === "customer" && { name }),
          fromMe: from === "shop",
          viaApi: false,
          sentAt,
          content: { type: "text" as const, text },
          ...(from === "shop" && { status: "read" as const }),
        };
        const source = index === lines.length - 1 ? ("live" as const) : ("history" as const);
        await inTransaction(ctx, (tx) =>
          receiveMessage(tx, row, message, { receivedAt: sentAt, inboundEventId: "seed", source }),
        );
      }
    }
    return `Log in at ${url}/login as ${email} with the password "${PASSWORD}": ${url}/${tenant.slug}/inbox`;
  },
};
