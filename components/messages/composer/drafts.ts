import type { ConversationId } from "#lib/kernel/ids.ts";

const PREFIX = "recado.draft.";

/** What was typed and not sent, kept in this browser per conversation. Storage may be full or forbidden. */
export function readDraft(conversationId: ConversationId): string {
  try {
    return localStorage.getItem(PREFIX + conversationId) ?? "";
  } catch {
    return "";
  }
}

export function writeDraft(conversationId: ConversationId, text: string): void {
  try {
    if (text.trim() === "") localStorage.removeItem(PREFIX + conversationId);
    else localStorage.setItem(PREFIX + conversationId, text);
  } catch {
    // The text stays in the field; only a reload would lose it.
  }
}
