"use client";

import { Mail, MessageCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import type { MessageDetails } from "#lib/domain/messages/schema.ts";
import { useMessageActions } from "../message-actions.tsx";

type Cards = Extract<MessageDetails, { kind: "contacts" }>["contacts"];

/** Visiting cards; with each number a chat can be opened. */
export function BubbleContacts({ contacts }: { contacts: Cards }) {
  return (
    <ul className="mb-1 flex w-72 max-w-full flex-col divide-y divide-line rounded-lg bg-ink/5">
      {contacts.map((card, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two cards may be the same
        <li key={index} className="px-2.5 py-2">
          <Card card={card} />
        </li>
      ))}
    </ul>
  );
}

function Card({ card }: { card: Cards[number] }) {
  const t = useTranslations("inbox");
  const { openChat } = useMessageActions();
  return (
    <>
      <div className="flex items-center gap-2.5">
        <Avatar name={card.name} seed={card.name} kind="person" />
        <p className="min-w-0">
          <span dir="auto" className="block truncate font-medium text-base">
            {card.name}
          </span>
          {card.organization && (
            <span dir="auto" className="block truncate text-ink-muted text-small">
              {card.organization}
            </span>
          )}
        </p>
      </div>
      <ul className="mt-1.5 flex flex-col gap-1">
        {card.phones.map((phone) => (
          <li key={phone} className="flex flex-wrap items-center justify-between gap-x-2">
            <span className="tabular text-small">{phone}</span>
            <Button
              size="sm"
              variant="ghost"
              onClick={() => openChat(phone)}
              aria-label={t("contacts.openChatWith", { name: card.name })}
            >
              <MessageCircle aria-hidden />
              {t("contacts.openChat")}
            </Button>
          </li>
        ))}
        {card.emails.map((email) => (
          <li key={email}>
            <a
              href={`mailto:${encodeURIComponent(email).replace("%40", "@")}`}
              className="flex items-center gap-1.5 text-accent-text text-small hover:underline"
            >
              <Mail aria-hidden className="size-3.5" />
              {email}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}
