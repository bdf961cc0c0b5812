import { systemContext } from "#lib/auth/system-context.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { openConversation } from "#lib/domain/conversations/open-conversation.ts";
import type { PacingSettings } from "#lib/domain/pacing/schema.ts";
import { registerTenant } from "#lib/domain/tenants/register-tenant.ts";
import { asId } from "#lib/kernel/ids.ts";
import { phones } from "./gateway.ts";
import { drainJobs } from "./jobs.ts";
import { until } from "./until.ts";

let made = 0;

/** As long as a test is not about pacing, nothing waits for its turn. */
const UNPACED = { perMinute: null };

/** A business whose number is really connected at the practice gateway, with one chat; `null`: paced as usual. */
export async function aConnectedNumber(
  customer = "51987654321",
  pacing: Partial<PacingSettings> | null = UNPACED,
) {
  const { tenant, channel } = await registerTenant({
    businessName: "Peluquería Luz",
    name: "Luz Mamani",
    email: `luz-${crypto.randomUUID()}@example.test`,
    password: "una clave bastante larga",
  });
  const ctx = systemContext(tenant.id);
  const row = () =>
    inTransaction(ctx, (tx) => tx.db.channel.findUniqueOrThrow({ where: { id: channel.id } }));
  const instance = (await row()).instanceName;
  if (!instance) throw new Error("no instance");
  await phones.scan(instance, { phone: `5190000${1000 + made++}` });
  const connected = await until("connected", async () => {
    await drainJobs("process-inbound-event");
    const now = await row();
    return now.status === "connected" ? now : null;
  });
  if (pacing)
    await inTransaction(ctx, (tx) => tx.db.channel.update({ where: { id: channel.id }, data: { pacing } }));
  const { id } = await openConversation(ctx, { to: customer });
  return {
    ctx,
    tenantId: tenant.id,
    channel: { ...connected, ...(pacing && { pacing }) },
    instance,
    customer,
    conversationId: asId("conversation", id),
  };
}
export type ConnectedNumber = Awaited<ReturnType<typeof aConnectedNumber>>;
