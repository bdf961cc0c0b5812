import { encode } from "next-auth/jwt";
import { createControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import { tenantTransaction } from "#lib/db/client.ts";
import { Registered } from "#lib/domain/tenants/schema.ts";
import type { Channel } from "#prisma/generated/client.ts";
import type { Stage } from "./stage.ts";
import { until } from "./until.ts";

/** A business that registered with the running product and scanned with the practice phone. */
export type Business = { slug: string; channel: Channel; headers: Record<string, string>; cookie: string };

const PHONE = "51900000001";

export async function openBusiness(stage: Stage): Promise<Business> {
  const answer = await fetch(`${stage.webUrl}/api/v1/register`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: stage.webUrl },
    body: JSON.stringify({
      businessName: "Banco de pruebas",
      name: "Ana",
      email: "bench@example.test",
      password: "correcto caballo bateria",
      country: "PE",
    }),
  });
  if (!answer.ok) throw new Error(`registering failed: ${await answer.text()}`);
  const { tenant, user, channel } = Registered.parse(await answer.json());
  const read = () =>
    tenantTransaction(tenant.id, (db) => db.channel.findUniqueOrThrow({ where: { id: channel.id } }));
  const { instanceName } = await read();
  const phones = createControlClient({ url: stage.env.SANDBOX_URL ?? "" });
  await phones.scan(instanceName ?? "", { phone: PHONE });
  const connected = await until("the channel to be connected", async () => {
    const now = await read();
    return now.status === "connected" ? now : null;
  });
  const token = await encode({ token: { sub: user.id, epoch: 0 }, secret: stage.env.AUTH_SECRET ?? "" });
  const headers = { cookie: `next-auth.session-token=${token}`, origin: stage.webUrl };
  await sendUnpaced(stage, channel.id, headers);
  return { slug: tenant.slug, channel: connected, headers, cookie: token };
}

/** What is measured is how fast we are, not how careful. */
async function sendUnpaced(stage: Stage, channelId: string, headers: Record<string, string>): Promise<void> {
  const answer = await fetch(`${stage.webUrl}/api/v1/channels/${channelId}/pacing`, {
    method: "PATCH",
    headers: { ...headers, "content-type": "application/json" },
    body: JSON.stringify({ perMinute: null }),
  });
  if (!answer.ok) throw new Error(`switching pacing off failed: ${await answer.text()}`);
}
