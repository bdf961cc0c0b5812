"use client";

import { useEffect, useState } from "react";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { useOutbox, useResumedDelivery } from "./delivery.ts";

/** Sends what was waiting when the page was left, whichever conversation it belongs to. */
export function ResumedDeliveries() {
  const outbox = useOutbox();
  const [waiting, setWaiting] = useState<ConversationId[]>([]);
  useEffect(() => {
    setWaiting([...new Set(outbox.list().map(({ conversationId }) => conversationId))]);
  }, [outbox]);
  return waiting.map((conversationId) => <Resumed key={conversationId} conversationId={conversationId} />);
}

function Resumed({ conversationId }: { conversationId: ConversationId }) {
  useResumedDelivery(conversationId);
  return null;
}
