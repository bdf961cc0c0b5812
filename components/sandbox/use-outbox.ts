"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import type { ShownMessage, WriteAsCustomer } from "#lib/domain/sandbox/schema.ts";
import { useSandboxActions } from "./mutations.ts";
import { sandboxKeys } from "./queries.ts";
import type { OutgoingDraft } from "./thread.ts";

type Entry = { phone: string; draft: OutgoingDraft; message: WriteAsCustomer };

/** What the customers have written and the gateway has not taken yet; a failed one waits to be tapped. */
export function useOutbox(channelId: string) {
  const client = useQueryClient();
  const { write } = useSandboxActions(channelId);
  const [entries, setEntries] = useState<Entry[]>([]);
  /** One after the other per customer: a short text must not overtake the photo before it. */
  const lines = useRef(new Map<string, Promise<void>>());

  const markFailed = (localId: string, failed: boolean) =>
    setEntries((all) =>
      all.map((entry) =>
        entry.draft.localId === localId ? { ...entry, draft: { ...entry.draft, failed } } : entry,
      ),
    );

  async function deliver({ phone, draft, message }: Entry): Promise<void> {
    markFailed(draft.localId, false);
    try {
      const shown = await write(phone, message);
      client.setQueryData<{ data: ShownMessage[] }>(sandboxKeys.thread(channelId, phone), (thread) =>
        thread && !thread.data.some(({ id }) => id === shown.id) ? { data: [...thread.data, shown] } : thread,
      );
      setEntries((all) => all.filter((entry) => entry.draft.localId !== draft.localId));
      void client.invalidateQueries({ queryKey: sandboxKeys.state(channelId) });
    } catch {
      markFailed(draft.localId, true);
    }
  }

  function enqueue(entry: Entry): void {
    const before = lines.current.get(entry.phone) ?? Promise.resolve();
    lines.current.set(
      entry.phone,
      before.then(() => deliver(entry)),
    );
  }

  return {
    draftsOf: (phone: string) => entries.filter((entry) => entry.phone === phone).map(({ draft }) => draft),
    send(phone: string, message: WriteAsCustomer): void {
      const draft: OutgoingDraft = {
        localId: crypto.randomUUID(),
        type: message.type,
        text: message.type === "voice" ? null : (message.text ?? null),
        at: new Date().toISOString(),
        failed: false,
      };
      const entry = { phone, draft, message };
      setEntries((all) => [...all, entry]);
      enqueue(entry);
    },
    retry(localId: string): void {
      const entry = entries.find(({ draft }) => draft.localId === localId);
      if (entry) enqueue(entry);
    },
  };
}
export type Outbox = ReturnType<typeof useOutbox>;
