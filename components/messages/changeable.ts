import type { LocalMessage } from "./local-message.ts";

/** WhatsApp takes edits for a quarter of an hour and deletions for about two days, as lib/domain/messages/edit-message.ts has it. */
const EDIT_MS = 15 * 60_000;
const DELETE_MS = 2 * 24 * 3_600_000;

const EDITABLE: readonly LocalMessage["type"][] = ["text", "image", "video"];
const ON_WHATSAPP: readonly LocalMessage["status"][] = ["sent", "delivered", "read", "played"];

/** What can be done with a message now. */
export function whatCanBeDone(message: LocalMessage, now = Date.now()) {
  const { direction, status, type, deletedAt, text, media, local, change } = message;
  const own = direction === "outbound";
  const there = deletedAt === null && local === undefined && (!own || ON_WHATSAPP.includes(status));
  const changeable = own && there && change.pending === null;
  const age = now - Date.parse(message.sentAt);
  return {
    reply: there && type !== "system",
    react: there && type !== "system",
    copy: deletedAt === null && text !== null && text !== "",
    download: media?.status === "ready" && local === undefined,
    edit: changeable && EDITABLE.includes(type) && text !== null && age < EDIT_MS,
    remove: changeable && age < DELETE_MS,
    retry: status === "failed" || status === "unconfirmed",
    details: local === undefined,
  };
}
