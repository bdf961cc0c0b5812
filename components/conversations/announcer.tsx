"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { plainPreview } from "#components/messages/formatting.ts";
import { useRealtimeEvents } from "#lib/browser/realtime.tsx";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { asId } from "#lib/kernel/ids.ts";
import { contactName } from "./contact-name.ts";
import { knownConversation } from "./realtime.ts";

/** Tells screen readers what comes in, politely and one sentence at a time. */
export function Announcer({ selectedId }: { selectedId: ConversationId | null }) {
  const t = useTranslations("inbox");
  const client = useQueryClient();
  const [words, setWords] = useState("");
  useRealtimeEvents((event) => {
    if (event.type !== "message.received") return;
    const id = asId("conversation", event.conversationId);
    const conversation = event.conversation ?? knownConversation(client, id);
    if (!conversation || !event.message) return;
    const { type, text } = event.message;
    const name = contactName(conversation.contact, t("noName")).text;
    const said = { name, text: text ? plainPreview(text) : t(`types.${type}`) };
    setWords(id === selectedId ? t("announce.message", said) : t("announce.elsewhere", said));
  });
  return (
    <p aria-live="polite" className="sr-only">
      {words}
    </p>
  );
}
