/** WhatsApp's numbers for the end of a connection (CONTRACT §15). */
import type { DisconnectCause } from "#lib/channel-adapters/contract.ts";

const CAUSES: Record<number, DisconnectCause> = {
  401: "logged_out_on_phone",
  402: "banned",
  403: "banned",
  406: "logged_out_on_phone",
  411: "session_broken",
  440: "replaced_elsewhere",
  500: "session_broken",
};

/** After these the gateway stops; after all others it reconnects by itself, at once and for ever. */
const FINAL_CODES = new Set([401, 402, 403, 406]);

export function disconnectCause(code: number | null): DisconnectCause {
  return (code === null ? undefined : CAUSES[code]) ?? "unknown";
}

export function isFinalCode(code: number | null): boolean {
  return code === null || FINAL_CODES.has(code);
}
