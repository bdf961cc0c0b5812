"use client";

import {
  CircleAlert,
  CirclePause,
  ExternalLink,
  Eye,
  Forward,
  History,
  LoaderCircle,
  Megaphone,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { LocalMessage } from "../local-message.ts";
import { useErrorText } from "../use-error-text.ts";

/** What stands above the content: how the message came here. */
export function MarksAbove({ message, tight }: { message: LocalMessage; tight: boolean }) {
  const t = useTranslations("inbox");
  if (message.deletedAt) return null;
  const inset = tight ? "px-2" : "";
  return (
    <>
      {message.forwarded && (
        <Mark inset={inset} icon={<Forward aria-hidden />}>
          <em>{t("forwarded")}</em>
        </Mark>
      )}
      {message.viewOnce && (
        <Mark inset={inset} icon={<Eye aria-hidden />}>
          {t("viewOnce")}
        </Mark>
      )}
      {message.recovered && (
        <Mark inset={inset} icon={<History aria-hidden />} hint={t("recoveredHint")}>
          {t("recovered")}
        </Mark>
      )}
      {message.ad && <AdCard ad={message.ad} />}
    </>
  );
}

function Mark({
  icon,
  hint,
  inset,
  children,
}: {
  icon: ReactNode;
  hint?: string;
  inset: string;
  children: ReactNode;
}) {
  return (
    <p
      title={hint}
      className={`flex items-center gap-1 ${inset} pb-0.5 text-ink-muted text-small [&_svg]:size-3.5 [&_svg]:shrink-0`}
    >
      {icon}
      {children}
    </p>
  );
}

/** The advertisement that brought the customer here. */
function AdCard({ ad }: { ad: NonNullable<LocalMessage["ad"]> }) {
  const t = useTranslations("inbox");
  const link = ad.url && /^https?:\/\//i.test(ad.url) ? ad.url : null;
  const card = (
    <>
      <span className="flex items-center gap-1.5 text-ink-muted text-small">
        <Megaphone aria-hidden className="size-3.5" />
        {t("fromAd")}
        {link && <ExternalLink aria-hidden className="ms-auto size-3.5" />}
      </span>
      {ad.title && (
        <span dir="auto" className="block font-medium text-base">
          {ad.title}
        </span>
      )}
      {ad.body && (
        <span dir="auto" className="line-clamp-3 text-ink-muted text-small">
          {ad.body}
        </span>
      )}
    </>
  );
  const look = "mb-1 block min-w-52 rounded-lg bg-ink/5 px-2.5 py-2 [overflow-wrap:anywhere]";
  if (!link) return <div className={look}>{card}</div>;
  return (
    <a href={link} target="_blank" rel="noopener noreferrer" className={`${look} hover:bg-ink/8`}>
      {card}
    </a>
  );
}

/** What stands below: a message or change that has not got through yet. */
export function MarksBelow({ message }: { message: LocalMessage }) {
  const { waiting, change, deletedAt } = message;
  if (deletedAt) return null;
  return (
    <>
      {waiting && <Waiting waiting={waiting} />}
      {change.pending && <PendingChange kind={change.pending} />}
      {change.error && !change.pending && <ChangeError code={change.error} />}
    </>
  );
}

function Waiting({ waiting }: { waiting: NonNullable<LocalMessage["waiting"]> }) {
  const t = useTranslations("inbox");
  const format = useFormat();
  const until = waiting.until
    ? t("waiting.until", {
        time:
          format.dayKey(waiting.until) === format.dayKey(Date.now())
            ? format.clock(waiting.until)
            : `${format.date(waiting.until)}, ${format.clock(waiting.until)}`,
      })
    : null;
  return (
    <Below icon={<CirclePause aria-hidden />}>
      {t(`waiting.${waiting.reason}`)} {until}
    </Below>
  );
}

function PendingChange({ kind }: { kind: "edit" | "deletion" }) {
  const t = useTranslations("inbox");
  return (
    <Below icon={<LoaderCircle aria-hidden className="animate-spin" />}>
      {t(kind === "edit" ? "change.editing" : "change.deleting")}
    </Below>
  );
}

function ChangeError({ code }: { code: NonNullable<LocalMessage["change"]["error"]> }) {
  const t = useTranslations("inbox");
  const errorText = useErrorText();
  const words = errorText({ code, title: code, detail: "", action: "" });
  return (
    <p className="mt-1 flex gap-1.5 rounded-md bg-warning-tint px-2 py-1 text-small text-warning-text">
      <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0" />
      <span>
        {t("change.failed")} {words.title}
      </span>
    </p>
  );
}

function Below({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p
      role="status"
      className="mt-1 flex items-start gap-1.5 text-ink-muted text-small [&_svg]:mt-px [&_svg]:size-3.5 [&_svg]:shrink-0"
    >
      {icon}
      <span>{children}</span>
    </p>
  );
}
