import type { ControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import { callSandboxOf } from "./call-sandbox.ts";
import type { SandboxState } from "./schema.ts";

/** Everything the practice page shows of one number. */
export function getSandboxState(ctx: Ctx, channelId: ChannelId): Promise<SandboxState> {
  return callSandboxOf(ctx, channelId, async (sandbox, instance) => {
    const [state, faults] = await Promise.all([instanceState(sandbox, instance), sandbox.faults()]);
    return { ...state, faults };
  });
}

/** A number that was never connected, or was disconnected, is not known to the gateway. */
async function instanceState(
  sandbox: ControlClient,
  name: string,
): Promise<Pick<SandboxState, "instance" | "chats">> {
  const known = (await sandbox.instances()).find(({ instance }) => instance === name);
  if (!known) return { instance: null, chats: [] };
  const { webhookUrl: _url, id: _id, instance: _name, ...instance } = known;
  return { instance, chats: await sandbox.chats(name) };
}

/** What a customer's phone shows; nothing while the business's number is not known to the gateway. */
export async function listSandboxMessages(ctx: Ctx, channelId: ChannelId, phone: string) {
  try {
    return await callSandboxOf(ctx, channelId, (sandbox, instance) => sandbox.messages(instance, phone, 300));
  } catch (error) {
    if (error instanceof AppError && error.code === "gateway_instance_missing") return [];
    throw error;
  }
}

const SHOWN_AS_THEY_ARE = /^(image\/(jpeg|png|gif|webp)|audio\/[\w.+-]+|video\/mp4)\b/;

/** A message's file, under a type that no browser takes for a page. */
export async function getSandboxMedia(
  ctx: Ctx,
  channelId: ChannelId,
  message: { phone: string; messageId: string },
): Promise<{ bytes: Uint8Array<ArrayBuffer>; mimeType: string }> {
  const { bytes, mimeType } = await callSandboxOf(ctx, channelId, (sandbox, instance) =>
    sandbox.media(instance, message.phone, message.messageId),
  );
  if (bytes.length === 0) throw new AppError("not_found");
  const safe = SHOWN_AS_THEY_ARE.test(mimeType) ? mimeType : "application/octet-stream";
  return { bytes: new Uint8Array(bytes), mimeType: safe };
}
