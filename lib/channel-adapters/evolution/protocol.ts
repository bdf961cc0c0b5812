/**
 * WhatsApp's protocol messages: edits, deletions, and much that is not for us (CONTRACT rule 6, §13.4).
 * Some carry keys: nothing of their content may reach a reason or a log.
 */
import type { ChannelEvent } from "#lib/channel-adapters/contract.ts";
import { parseAddress } from "./addresses.ts";
import { readContent } from "./content.ts";
import { defined } from "./defined.ts";
import * as shape from "./payloads.ts";
import { unwrap } from "./unwrap.ts";
import { isObject, read } from "./wire-values.ts";

const REVOKE = new Set<unknown>(["REVOKE", 0]);
const MESSAGE_EDIT = new Set<unknown>(["MESSAGE_EDIT", 14]);

export function parseProtocolMessage(data: unknown, madeAt: Date): ChannelEvent {
  const message = read(shape.ProtocolMessage, data);
  if (!message) return { type: "ignored", reason: "protocol message without content" };
  const externalId = read(shape.MessageKey, message.key)?.id;
  if (REVOKE.has(message.type) && externalId) return { type: "deletion", externalId, at: madeAt };
  if (MESSAGE_EDIT.has(message.type) && externalId && message.editedMessage) {
    const { type, value, viewOnce } = unwrap(message.editedMessage);
    const key = isObject(message.key) ? message.key : {};
    return {
      type: "edit",
      externalId,
      content: readContent({ key, type, value, viewOnce }),
      at: timeFromMs(message.timestampMs) ?? madeAt,
    };
  }
  return { type: "ignored", reason: `protocol message ${message.type ?? "without type"}` };
}

/** `data` is the bare key, or a stored record with the key inside. */
export function parseDeletion(data: unknown, madeAt: Date): ChannelEvent {
  const outer = isObject(data) ? data : {};
  const key = read(shape.MessageKey, isObject(outer.key) ? outer.key : outer);
  if (!key?.id) return { type: "ignored", reason: "deletion without id" };
  // In groups the participant is who deleted, not the author.
  return defined({ type: "deletion", externalId: key.id, at: madeAt, by: parseAddress(key.participant) });
}

function timeFromMs(ms: number | undefined): Date | undefined {
  return ms !== undefined && ms >= 1e12 && ms < 1e13 ? new Date(ms) : undefined;
}
