import { adapterFor } from "#lib/channel-adapters/registry.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { Channel } from "#prisma/generated/client.ts";
import { channelAccess } from "./access.ts";

/** Far beyond what a healthy gateway takes, far below what a hung call would. */
const ANSWER_MS = 15_000;
const LOOK_BACK_MS = 3600_000;

/**
 * What is wrong with a connection that calls itself open: it is asked for its own row and for its
 * latest messages, and has to answer both properly (evolution CONTRACT rule 1, section 18 B). Null: nothing.
 */
export async function findFault(channel: Channel, limitMs = ANSWER_MS): Promise<AppError | null> {
  const adapter = adapterFor(channel.kind);
  const access = channelAccess(channel);
  const now = Date.now();
  try {
    await within(limitMs, adapter.ping(access));
    const query = { from: new Date(now - LOOK_BACK_MS), to: new Date(now), limit: 1 };
    await within(limitMs, adapter.findMessages(access, query));
    return null;
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

async function within<T>(limitMs: number, call: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError("gateway_timeout")), limitMs);
  });
  try {
    return await Promise.race([call, limit]);
  } finally {
    clearTimeout(timer);
  }
}
