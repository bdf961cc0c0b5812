import type { DisconnectCause } from "#lib/channel-adapters/contract.ts";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import type { ErrorCode } from "#lib/kernel/errors.ts";

export type ProblemKey = { from: "errors"; key: ErrorCode } | { from: "disconnect"; key: DisconnectCause };

const CAUSES: Record<DisconnectCause, true> = {
  logged_out_on_phone: true,
  banned: true,
  replaced_elsewhere: true,
  qr_exhausted: true,
  pairing_refused: true,
  session_broken: true,
  instance_missing: true,
  unresponsive: true,
  unknown: true,
};
const PREFIX = "disconnect.";

function isCause(value: string): value is DisconnectCause {
  return Object.hasOwn(CAUSES, value);
}

/** Which messages tell this channel's last error: a way a connection ended, or a code of the error table. */
export function problemKey(code: NonNullable<ChannelView["error"]>["code"]): ProblemKey {
  if (!isDisconnect(code)) return { from: "errors", key: code };
  const cause = code.slice(PREFIX.length);
  return { from: "disconnect", key: isCause(cause) ? cause : "unknown" };
}

function isDisconnect(code: string): code is `${typeof PREFIX}${DisconnectCause}` {
  return code.startsWith(PREFIX);
}
