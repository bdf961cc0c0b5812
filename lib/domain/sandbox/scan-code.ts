import { whatsappPhone } from "#lib/channel-adapters/sandbox/simulator/messages/addresses.ts";
import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import { callSandboxOf } from "./call-sandbox.ts";
import type { ScanCode } from "./schema.ts";

/**
 * The business's phone scans the code. A simulated phone has one set of chats, so a number that
 * another tenant has linked is refused: with it one would read that tenant's practice.
 */
export async function scanCode(ctx: Ctx, channelId: ChannelId, { phone, name }: ScanCode): Promise<void> {
  const own = await instanceNames(ctx);
  await callSandboxOf(ctx, channelId, async (sandbox, instance) => {
    const digits = whatsappPhone(phone.replace("+", ""));
    const instances = await sandbox.instances();
    if (instances.some((other) => other.phone === digits && !own.has(other.instance)))
      throw new AppError("conflict", {
        fields: [{ path: "phone", code: "taken", message: "is another business's practice phone" }],
      });
    await sandbox.scan(instance, { phone, ...(name && { name }) });
  });
}

async function instanceNames(ctx: Ctx): Promise<Set<string | null>> {
  const rows = await tenantTransaction(ctx.tenantId, (db) =>
    db.channel.findMany({ select: { instanceName: true } }),
  );
  return new Set(rows.map(({ instanceName }) => instanceName));
}
