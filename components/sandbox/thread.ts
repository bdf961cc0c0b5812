import type { ShownMessage } from "#lib/domain/sandbox/schema.ts";

/** A message on its way from the simulated phone to the gateway. */
export type OutgoingDraft = {
  localId: string;
  type: "text" | "image" | "voice";
  text: string | null;
  at: string;
  failed: boolean;
};

export type ThreadItem =
  | { kind: "day"; key: string; at: string }
  | { kind: "unread"; key: string }
  | { kind: "message"; key: string; message: ShownMessage; first: boolean }
  | { kind: "draft"; key: string; draft: OutgoingDraft };

/**
 * The rows of the chat, oldest first: a line per day, one before the first unread message, and what
 * has not left yet at the end. `first` opens a run of bubbles of one side.
 */
export function threadItems(
  messages: readonly ShownMessage[],
  drafts: readonly OutgoingDraft[],
  options: { dayOf: (at: string) => string; unread: number },
): ThreadItem[] {
  const items: ThreadItem[] = [];
  const firstUnread = firstUnreadId(messages, options.unread);
  let previous: ShownMessage | undefined;
  for (const message of messages) {
    const day = options.dayOf(message.at);
    if (!previous || options.dayOf(previous.at) !== day) {
      items.push({ kind: "day", key: `day-${day}`, at: message.at });
      previous = undefined;
    }
    if (message.id === firstUnread) items.push({ kind: "unread", key: "unread" });
    items.push({ kind: "message", key: message.id, message, first: previous?.from !== message.from });
    previous = message;
  }
  for (const draft of drafts) items.push({ kind: "draft", key: draft.localId, draft });
  return items;
}

function firstUnreadId(messages: readonly ShownMessage[], unread: number): string | null {
  if (unread <= 0) return null;
  return messages.filter(({ from }) => from === "business").at(-unread)?.id ?? null;
}
