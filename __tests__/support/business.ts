import { systemContext } from "#lib/auth/system-context.ts";
import { getChannel } from "#lib/domain/channels/queries.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { registerTenant } from "#lib/domain/tenants/register-tenant.ts";
import { asId } from "#lib/kernel/ids.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { phones } from "./gateway.ts";
import { drainJobs } from "./jobs.ts";
import { until } from "./until.ts";

let businesses = 0;

/** The first of a file waits for everything to be loaded. */
const PATIENCE_MS = 20_000;

/** A registered business whose number is connected through the practice gateway. */
export async function aConnectedBusiness() {
  businesses += 1;
  const { tenant, user, channel } = await registerTenant({
    businessName: "Peluquería Luz",
    name: "Luz Mamani",
    email: `luz-${crypto.randomUUID()}@example.test`,
    password: "una clave bastante larga",
  });
  const ctx = systemContext(tenant.id);
  const channelId = channel.id;
  const read = (): Promise<Channel> => getChannel(ctx, channelId);
  const change = (data: Partial<Pick<Channel, "statusSince" | "lostAt" | "reconciledAt" | "recordSince">>) =>
    inTransaction(ctx, (tx) => tx.db.channel.update({ where: { id: channelId }, data }));
  const { instanceName } = await read();
  if (!instanceName) throw new Error("no instance");
  /** Works the queue until the channel is in this state. */
  const becomes = (status: Channel["status"]) =>
    until(
      status,
      async () => {
        await drainJobs();
        const now = await read();
        return now.status === status ? now : null;
      },
      PATIENCE_MS,
    );
  const scan = async () => {
    await phones.scan(instanceName, { phone: `5190000${String(1000 + businesses)}` });
    return becomes("connected");
  };
  await scan();
  return {
    ctx,
    tenant,
    user,
    channelId: asId("channel", channelId),
    instance: instanceName,
    read,
    change,
    becomes,
    scan,
  };
}

/** Waits until the gateway has nothing under way and works what it brought. */
export async function settle(instance: string): Promise<void> {
  await until("a quiet gateway", async () => {
    const { pendingWebhooks, pendingInbound } = await phones.instance(instance);
    return pendingWebhooks === 0 && pendingInbound === 0;
  });
  await drainJobs();
}
