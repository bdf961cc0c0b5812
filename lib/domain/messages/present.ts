import { z } from "zod";
import { errorText } from "#lib/i18n/error-text.ts";
import { DEFAULT_LOCALE, type Locale } from "#lib/i18n/locales.ts";
import { isErrorCode } from "#lib/kernel/errors.ts";
import { asId } from "#lib/kernel/ids.ts";
import type { Message, Receipt } from "#prisma/generated/client.ts";
import { MESSAGE_TYPES, type MessageStatus, type MessageView } from "./schema.ts";

export const WITH_RECEIPTS = { receipts: { select: { status: true, at: true } } } as const;

export type MessageRow = Message & { receipts: Pick<Receipt, "status" | "at">[] };

/** How `messages.quoted` is stored. */
export const StoredQuote = z.object({
  text: z.string().nullable().catch(null),
  type: z.enum(MESSAGE_TYPES).nullable().catch(null),
});

/** `locale`: the language of the error's words; the interface translates the code itself. */
export function presentMessage(row: MessageRow, locale: Locale = DEFAULT_LOCALE): MessageView {
  return {
    id: asId("message", row.id),
    conversationId: asId("conversation", row.conversationId),
    channelId: asId("channel", row.channelId),
    direction: row.direction,
    type: row.type,
    text: row.deletedAt ? null : row.text,
    replyToId: row.replyToId === null ? null : asId("message", row.replyToId),
    quoted: row.quoted === null ? null : (StoredQuote.safeParse(row.quoted).data ?? null),
    author: { kind: row.authorKind, id: row.authorId, name: row.authorName },
    status: row.status,
    error: presentError(row, locale),
    receipts: presentReceipts(row.receipts),
    sentAt: row.orderedAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
    editedAt: row.editedAt?.toISOString() ?? null,
    deletedAt: row.deletedAt?.toISOString() ?? null,
  };
}

function presentError(row: Message, locale: Locale): MessageView["error"] {
  if (row.status !== "failed" && row.status !== "unconfirmed") return null;
  const code = isErrorCode(row.errorCode) ? row.errorCode : "internal";
  const { title, detail, action } = errorText(code, locale);
  return { code, title, detail, action };
}

function presentReceipts(receipts: MessageRow["receipts"]): MessageView["receipts"] {
  const times: Partial<Record<MessageStatus, string>> = {};
  for (const { status, at } of receipts) times[status] = at.toISOString();
  return times;
}
