"use client";

import {
  CalendarDays,
  CornerDownRight,
  ExternalLink,
  List,
  type LucideIcon,
  ShoppingBag,
  ShoppingCart,
  Users,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { MessageDetails } from "#lib/domain/messages/schema.ts";
import { BubbleText } from "./text.tsx";

type Interactive = Extract<MessageDetails, { kind: "interactive" }>;

const HEADS: Partial<Record<Interactive["form"], LucideIcon>> = {
  order: ShoppingCart,
  product: ShoppingBag,
  event: CalendarDays,
  invite: Users,
  reply: CornerDownRight,
};

/** What WhatsApp shows with buttons: title, words, foot, then the choices; a choice made says so. */
export function BubbleInteractive({
  details,
  text,
  meta,
}: {
  details: Interactive;
  text: string | null;
  meta: ReactNode;
}) {
  const t = useTranslations("inbox");
  const { form, title, footer } = details;
  const Head = HEADS[form];
  return (
    <div className="min-w-44 max-w-80">
      {Head && (
        <p className="flex items-center gap-1.5 text-ink-muted text-small">
          <Head aria-hidden className="size-3.5" />
          {t(`interactive.${form}`)}
        </p>
      )}
      {title && (
        <p dir="auto" className="font-semibold [overflow-wrap:anywhere]">
          {title}
        </p>
      )}
      {form === "event" && <EventTimes details={details} />}
      {text && <BubbleText text={text.trim()} meta={footer ? null : meta} />}
      {footer && (
        <p dir="auto" className="flow-root text-ink-muted text-small [overflow-wrap:anywhere]">
          {footer}
          {meta}
        </p>
      )}
      {!text && !footer && <div className="flow-root">{meta}</div>}
      {form === "list" && (
        <p className="mt-1.5 flex items-center justify-center gap-1.5 border-line border-t pt-1.5 font-medium text-accent-text text-base">
          <List aria-hidden className="size-4" />
          {t("interactive.list")}
        </p>
      )}
      {form !== "event" && form !== "reply" && <Options details={details} />}
    </div>
  );
}

/** The choices as WhatsApp draws them. They are pressed on the phone, so here they are only shown. */
function Options({ details: { form, options } }: { details: Interactive }) {
  if (options.length === 0) return null;
  const rows = form === "list" || form === "product" || form === "order";
  return (
    <ul className="mt-1.5 flex flex-col gap-1 border-line border-t pt-1.5">
      {options.map((option) => {
        const link = /^https?:\/\//i.test(option.description ?? "") ? option.description : null;
        if (rows || !link) {
          return (
            <li key={option.id} className={rows ? "text-base" : "text-center text-base"}>
              <span dir="auto" className={rows ? "block" : "block font-medium text-accent-text"}>
                {option.title}
              </span>
              {option.description && (
                <span dir="auto" className="block text-ink-muted text-small [overflow-wrap:anywhere]">
                  {option.description}
                </span>
              )}
            </li>
          );
        }
        return (
          <li key={option.id} className="text-center text-base">
            <a
              href={link}
              target="_blank"
              rel="noopener noreferrer"
              title={link}
              className="inline-flex items-center gap-1.5 rounded-sm font-medium text-accent-text hover:underline"
            >
              <ExternalLink aria-hidden className="size-3.5" />
              <span dir="auto">{option.title}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function EventTimes({ details: { options } }: { details: Interactive }) {
  const format = useFormat();
  const times = options.filter(({ title }) => !Number.isNaN(Date.parse(title)));
  if (times.length === 0) return null;
  return <p className="text-base">{times.map(({ title }) => format.full(title)).join(" – ")}</p>;
}
