import { z } from "zod";
import { presentMedia } from "#lib/domain/media/present.ts";
import { errorText } from "#lib/i18n/error-text.ts";
import { DEFAULT_LOCALE, type Locale } from "#lib/i18n/locales.ts";
import { type ErrorCode, isErrorCode } from "#lib/kernel/errors.ts";
import { asId } from "#lib/kernel/ids.ts";
import type { Media, Message, Reaction, Receipt } from "#prisma/generated/client.ts";
import { readContent } from "./content.ts";
import { MESSAGE_TYPES, type MessageStatus, type MessageView, WAIT_REASONS } from "./schema.ts";

/** What is read with a message to show it. */
export const SHOWN_WITH = {
  receipts: { select: { status: true, at: true } },
  reactions: { select: { author: true, authorName: true, emoji: true }, orderBy: { at: "asc" } },
  media: true,
} as const;

export type MessageRow = Message & {
  receipts: Pick<Receipt, "status" | "at">[];
  reactions: Pick<Reaction, "author" | "authorName" | "emoji">[];
  media: Media | null;
};

/** `reactions.author` of the business itself. */
export const ME = "me";
/** The other person of a chat of two; in groups it is their address. */
export const THEM = "them";

/** How `messages.quoted` is stored. */
export const StoredQuote = z.object({
  text: z.string().nullable().catch(null),
  type: z.enum(MESSAGE_TYPES).nullable().catch(null),
});

/** `locale`: the language of the error's words; the interface translates the code itself. */
export function presentMessage(row: MessageRow, locale: Locale = DEFAULT_LOCALE): MessageView {
  const { details, viewOnce, albumId, ad } = readContent(row.content);
  const gone = row.deletedAt !== null;
  return {
    id: asId("message", row.id),
    conversationId: asId("conversation", row.conversationId),
    channelId: asId("channel", row.channelId),
    direction: row.direction,
    type: row.type,
    text: gone ? null : row.text,
    replyToId: row.replyToId === null ? null : asId("message", row.replyToId),
    quoted: row.quoted === null ? null : (StoredQuote.safeParse(row.quoted).data ?? null),
    author: { kind: row.authorKind, id: row.authorId, name: row.authorName },
    status: row.status,
    error: presentError(row, locale),
    media: gone || !row.media ? null : presentMedia(row.media),
    details: gone ? null : details,
    reactions: presentReactions(row.reactions),
    forwarded: row.forwarded,
    viewOnce,
    albumId,
    ad,
    recovered: row.recovered,
    waiting: presentWaiting(row),
    change: presentChange(row),
    receipts: presentReceipts(row.receipts),
    sentAt: row.orderedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

/** A reaction taken back stays as a row without emoji. */
function presentReactions(reactions: MessageRow["reactions"]): MessageView["reactions"] {
  return reactions
    .filter(({ emoji }) => emoji !== "")
    .map(({ author, authorName, emoji }) => ({ emoji, fromMe: author === ME, name: authorName }));
}

function presentWaiting(row: Message): MessageView["waiting"] {
  const reason = WAIT_REASONS.find((known) => known === row.waitReason);
  if (row.status !== "queued" || !reason) return null;
  return { reason, until: row.waitUntil?.toISOString() ?? null };
}

function presentChange(row: Message): MessageView["change"] {
  const pending = row.pendingDelete ? "deletion" : row.pendingText !== null ? "edit" : null;
  return { pending, error: row.changeError === null ? null : asErrorCode(row.changeError) };
}

function asErrorCode(stored: string | null): ErrorCode {
  return isErrorCode(stored) ? stored : "internal";
}

function presentError(row: Message, locale: Locale): MessageView["error"] {
  if (row.status !== "failed" && row.status !== "unconfirmed") return null;
  const code = asErrorCode(row.errorCode);
  const { title, detail, action } = errorText(code, locale);
  return { code, title, detail, action };
}

function presentReceipts(receipts: MessageRow["receipts"]): MessageView["receipts"] {
  const times: Partial<Record<MessageStatus, string>> = {};
  for (const { status, at } of receipts) times[status] = at.toISOString();
  return times;
}
