"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowUpRight, RotateCw } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ErrorNotice } from "#components/shell/error-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Sheet, SheetContent } from "#components/ui/sheet.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useApi, useFormat, useWorkspace } from "#lib/browser/workspace.tsx";
import type { Became, InboundEventDetail } from "#lib/domain/inbound-events/schema.ts";
import type { InboundEventId } from "#lib/kernel/ids.ts";
import { EventStatus, useExplanation } from "./event-status.tsx";
import { kindKey, nameKey, reasonKey, withSeconds } from "./event-words.ts";
import { eventQuery } from "./queries.ts";

export function EventSheet({
  id,
  onClose,
  onReplay,
}: {
  id: InboundEventId;
  onClose: () => void;
  onReplay: () => void;
}) {
  const t = useTranslations("events");
  const { data, error, refetch } = useQuery(eventQuery(useApi(), id));
  const common = useTranslations("common");
  return (
    <Sheet open onOpenChange={(open) => !open && onClose()}>
      <SheetContent title={data ? t(`names.${nameKey(data.name)}`) : t("title")} className="md:w-[34rem]">
        {data ? (
          <Detail event={data} onReplay={onReplay} />
        ) : error ? (
          <ErrorNotice
            error={error}
            action={<Button onClick={() => void refetch()}>{common("retry")}</Button>}
          />
        ) : (
          <div className="flex flex-col gap-3">
            <Skeleton className="h-5 w-40" />
            <Skeleton className="h-4 w-64" />
            <Skeleton className="h-72 w-full" />
          </div>
        )}
      </SheetContent>
    </Sheet>
  );
}

function Detail({ event, onReplay }: { event: InboundEventDetail; onReplay: () => void }) {
  const t = useTranslations("events");
  const format = useFormat();
  const explain = useExplanation();
  return (
    <div className="flex flex-col gap-4" data-testid="event-detail">
      <div className="flex flex-col items-start gap-2">
        <EventStatus status={event.status} />
        <p>{explain(event)}</p>
        {event.error && <Failure event={event} />}
        <Button size="sm" onClick={onReplay}>
          <RotateCw />
          {t("replay.one")}
        </Button>
      </div>
      {event.became.length > 0 && (
        <section>
          <h3 className="mb-1 font-medium text-small">{t("detail.became")}</h3>
          <ul className="flex flex-col gap-1">
            {event.became.map((effect, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list of an outcome never changes its order
              <li key={index}>
                <Effect effect={effect} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-small">
        <Fact name={t("detail.received")}>
          {withSeconds(format.full(event.receivedAt), event.receivedAt)}
        </Fact>
        {event.processedAt && (
          <Fact name={t("detail.processed")}>
            {withSeconds(format.full(event.processedAt), event.processedAt)}
          </Fact>
        )}
        <Fact name={t("detail.attempts")}>{format.number(event.attempts)}</Fact>
        <Fact name={t("detail.name")}>
          <code>{event.name}</code>
        </Fact>
        <Fact name={t("detail.chatKey")}>
          <code>{event.chatKey}</code>
        </Fact>
        <Fact name={t("detail.id")}>
          <code>{event.id}</code>
        </Fact>
        <Fact name={t("detail.hash")}>
          <code>{event.contentHash}</code>
        </Fact>
        {Object.entries(event.headers).map(([name, value]) => (
          <Fact key={name} name={<code>{name}</code>}>
            {value}
          </Fact>
        ))}
      </dl>
      <section>
        <div className="mb-1.5 flex items-center justify-between gap-3">
          <h3 className="font-medium text-small">{t("detail.body")}</h3>
          <CopyButton text={event.body} />
        </div>
        <pre
          data-testid="event-body"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
          tabIndex={0}
          className="max-h-[55dvh] select-text overflow-y-auto whitespace-pre-wrap break-all rounded-lg bg-sunken p-3 font-mono text-tiny leading-relaxed"
        >
          {event.body}
        </pre>
        <p className="mt-1.5 text-ink-muted text-tiny">
          {t("detail.redacted", { bytes: format.number(event.bodyBytes) })}
          {event.bodyTruncated && ` ${t("detail.truncated")}`}
        </p>
      </section>
    </div>
  );
}

function Failure({ event: { error } }: { event: InboundEventDetail }) {
  const errors = useTranslations("errors");
  const t = useTranslations("events");
  if (!error) return null;
  return (
    <div className="w-full rounded-lg bg-danger-tint px-3 py-2 text-danger-text text-small">
      <p>{errors(`${error.code}.detail`)}</p>
      <p>{t("explain.failedHint")}</p>
      {error.detail && (
        <p className="mt-1 whitespace-pre-wrap break-words font-mono text-tiny">{error.detail}</p>
      )}
    </div>
  );
}

function Effect({ effect }: { effect: Became }) {
  const t = useTranslations("events");
  const { tenant } = useWorkspace();
  const href = effect.conversationId
    ? `/${tenant.slug}/inbox/${effect.conversationId}`
    : effect.kind === "channel" && effect.id
      ? `/${tenant.slug}/settings/channels/${effect.id}`
      : null;
  const words = effect.kind === "ignored" ? t("became.nothing") : t(`became.${kindKey(effect.kind)}`);
  return (
    <div className="text-small">
      {href ? (
        <Link href={href} className="inline-flex items-center gap-1 text-accent-text hover:underline">
          {words}
          <ArrowUpRight aria-hidden className="size-3.5" />
        </Link>
      ) : (
        words
      )}
      {effect.reason && (
        <span className="block text-ink-muted">
          {t(`reasons.${reasonKey(effect.reason)}`)} <code className="text-tiny">{effect.reason}</code>
        </span>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-muted">{name}</dt>
      <dd className="min-w-0 break-all">{children}</dd>
    </>
  );
}
