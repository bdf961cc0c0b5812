import { isId } from "#lib/kernel/ids.ts";
import type { LocalMessage } from "./local-message.ts";

/**
 * Messages that the person has sent and the server has not accepted, kept in this browser so that a
 * reload or a crash of the tab loses none. Their ids are final: sending one again is the same message,
 * so it does no harm when two tabs take up the same one.
 */
export type Outbox = {
  list: () => LocalMessage[];
  put: (message: LocalMessage) => void;
  remove: (id: string) => void;
};

type KeyValueStore = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** `storage` may be missing, full or forbidden: the messages then live as long as the tab. */
export function createOutbox(storage: KeyValueStore | null, owner: string): Outbox {
  const key = `recado.outbox.${owner}`;
  const mine = new Map(readStored(storage, key).map((message) => [message.id, message]));
  // Other tabs have their own messages under the same key: only the one at hand is touched.
  const change = (edit: (stored: LocalMessage[]) => LocalMessage[]) => {
    const messages = edit(readStored(storage, key));
    try {
      if (messages.length === 0) storage?.removeItem(key);
      else storage?.setItem(key, JSON.stringify(messages));
    } catch {
      // It still goes out from memory.
    }
  };
  return {
    list: () => [...mine.values()],
    put(message) {
      mine.set(message.id, message);
      change((stored) => [...stored.filter(({ id }) => id !== message.id), message]);
    },
    remove(id) {
      const known = [...mine.values()].find((message) => message.id === id);
      if (!known) return;
      mine.delete(known.id);
      change((stored) => stored.filter((message) => message.id !== id));
    },
  };
}

const opened = new Map<string, Outbox>();

/** The outbox of one person in one workspace, the same for the whole tab. */
export function outboxOf(owner: string): Outbox {
  let outbox = opened.get(owner);
  if (!outbox) {
    outbox = createOutbox(browserStorage(), owner);
    opened.set(owner, outbox);
  }
  return outbox;
}

function browserStorage(): KeyValueStore | null {
  try {
    return typeof localStorage === "undefined" ? null : localStorage;
  } catch {
    return null;
  }
}

function readStored(storage: KeyValueStore | null, key: string): LocalMessage[] {
  try {
    const stored: unknown = JSON.parse(storage?.getItem(key) ?? "[]");
    return Array.isArray(stored) ? stored.filter(isStoredMessage) : [];
  } catch {
    return [];
  }
}

function isStoredMessage(value: unknown): value is LocalMessage {
  return (
    typeof value === "object" &&
    value !== null &&
    "id" in value &&
    isId("message", value.id) &&
    "conversationId" in value &&
    isId("conversation", value.conversationId) &&
    "text" in value &&
    (typeof value.text === "string" || value.text === null) &&
    "reactions" in value &&
    "change" in value &&
    "sentAt" in value &&
    "receipts" in value &&
    "author" in value
  );
}
