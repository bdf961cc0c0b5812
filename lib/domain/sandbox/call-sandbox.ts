import {
  type ControlClient,
  createControlClient,
  SandboxRefusal,
} from "#lib/channel-adapters/sandbox/control-client.ts";
import { getChannel } from "#lib/domain/channels/queries.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { env } from "#lib/kernel/env.ts";
import { AppError, type ErrorCode } from "#lib/kernel/errors.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";

/** What the control API refuses, in our codes. */
const CODES: Record<string, ErrorCode> = {
  instance_not_found: "gateway_instance_missing",
  message_not_found: "not_found",
  media_not_found: "not_found",
  not_paired: "channel_disconnected",
  no_qr_code: "conflict",
  invalid_input: "invalid_input",
};

/** Calls the practice gateway's control side; where it does not run nothing of it exists. */
export async function callSandbox<T>(work: (sandbox: ControlClient) => Promise<T>): Promise<T> {
  const url = env().SANDBOX_URL;
  if (url === undefined) throw new AppError("not_found");
  try {
    return await work(createControlClient({ url }));
  } catch (cause) {
    throw asAppError(cause);
  }
}

/** The same for one number of the tenant; another tenant's number is not found. */
export async function callSandboxOf<T>(
  ctx: Ctx,
  channelId: ChannelId,
  work: (sandbox: ControlClient, instance: string) => Promise<T>,
): Promise<T> {
  const { instanceName } = await getChannel(ctx, channelId);
  if (instanceName === null) throw new AppError("not_found");
  return callSandbox((sandbox) => work(sandbox, instanceName));
}

function asAppError(cause: unknown): unknown {
  if (cause instanceof SandboxRefusal)
    return new AppError(CODES[cause.code] ?? "gateway_failed", { detail: cause.message, cause });
  if (cause instanceof DOMException && cause.name === "TimeoutError")
    return new AppError("gateway_timeout", { cause });
  // `fetch` reports a refused connection as a TypeError.
  if (cause instanceof TypeError) return new AppError("gateway_unreachable", { cause });
  return cause;
}
