"use client";

import {
  Download,
  File,
  FileArchive,
  FileImage,
  FileSpreadsheet,
  FileText,
  type LucideIcon,
} from "lucide-react";
import { useTranslations } from "next-intl";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { LocalMessage } from "../local-message.ts";
import { fileSize } from "./box.ts";
import { MediaFailed, sourceOf, UploadRing } from "./media-state.tsx";

const ICONS: [pattern: RegExp, icon: LucideIcon][] = [
  [/pdf|word|text|rtf|opendocument\.text/, FileText],
  [/sheet|excel|csv/, FileSpreadsheet],
  [/zip|rar|tar|compressed|7z/, FileArchive],
  [/^image\//, FileImage],
];

/** A file by its name: a click opens it in a tab of its own. */
export function BubbleDocument({ message }: { message: LocalMessage }) {
  const t = useTranslations("inbox");
  const { media } = message;
  const source = sourceOf(message);
  if (!source && media?.status !== "pending") return <MediaFailed message={message} />;
  const name = media?.fileName ?? t("types.document");
  const content = <DocumentFacts message={message} name={name} />;
  const local = source?.url.startsWith("blob:");
  return (
    <div className="mb-1 flex w-80 max-w-full items-center gap-1 rounded-lg bg-ink/5 pe-1.5">
      {source ? (
        <a
          href={source.url}
          target="_blank"
          rel="noopener noreferrer"
          title={t("media.openNamed", { name })}
          className="flex min-w-0 flex-1 items-center gap-2.5 rounded-lg p-2.5 hover:bg-ink/5"
        >
          {content}
        </a>
      ) : (
        <div className="flex min-w-0 flex-1 animate-shimmer items-center gap-2.5 p-2.5">{content}</div>
      )}
      <UploadRing message={message} />
      {source && !local && (
        <a
          href={`${source.url}?download=1`}
          download
          aria-label={t("media.download")}
          title={t("media.download")}
          className="flex size-9 shrink-0 items-center justify-center rounded-md text-ink-muted hover:bg-ink/8 hover:text-ink"
        >
          <Download aria-hidden className="size-[1.125rem]" />
        </a>
      )}
    </div>
  );
}

function DocumentFacts({ message, name }: { message: LocalMessage; name: string }) {
  const t = useTranslations("inbox");
  const { locale } = useFormat();
  const { media } = message;
  const type = media?.mimeType ?? "";
  const Icon = ICONS.find(([pattern]) => pattern.test(type))?.[1] ?? File;
  const ending = /\.([a-z0-9]{1,6})$/i.exec(name)?.[1] ?? type.split("/")[1] ?? "";
  const facts = [
    ending.slice(0, 8).toUpperCase(),
    media?.sizeBytes ? fileSize(media.sizeBytes, locale) : "",
    media?.status === "pending" && !message.local ? t("media.pending") : "",
  ];
  return (
    <>
      <span className="flex size-10 shrink-0 items-center justify-center rounded-md bg-accent-tint text-accent-text">
        <Icon aria-hidden className="size-5" />
      </span>
      <span className="min-w-0">
        <span dir="auto" className="line-clamp-2 font-medium text-base [overflow-wrap:anywhere]">
          {name}
        </span>
        <span className="block text-ink-muted text-small">{facts.filter(Boolean).join(" · ")}</span>
      </span>
    </>
  );
}
