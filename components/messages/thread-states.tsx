"use client";

import { MessageCircle, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { type RefObject, useEffect, useEffectEvent, useRef } from "react";
import { Button } from "#components/ui/button.tsx";
import { classes } from "#components/ui/classes.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { asAppError } from "#lib/browser/api.ts";

const SHAPES = ["w-48", "w-72", "w-56 own h-14", "w-40", "w-64 h-14", "w-52 own", "w-36 own", "w-60"];

/** Bubbles of ordinary sizes, where the real ones will be. */
export function ThreadSkeleton() {
  const t = useTranslations("inbox");
  return (
    <div className="flex flex-col gap-2.5 px-3 pt-6 md:px-6 lg:px-10">
      <span className="sr-only" role="status">
        {t("loadingMessages")}
      </span>
      {SHAPES.map((shape) => (
        <Skeleton
          key={shape}
          className={classes(
            "max-w-[80%] rounded-xl",
            shape.replace("own", ""),
            !shape.includes("h-14") && "h-9",
            shape.includes("own") && "self-end",
          )}
        />
      ))}
    </div>
  );
}

export function ThreadError({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const t = useTranslations("inbox");
  const { code } = asAppError(error);
  return (
    <EmptyState
      icon={<TriangleAlert />}
      title={t("threadError.title")}
      action={
        <Button onClick={onRetry} variant="primary">
          {t("retry")}
        </Button>
      }
    >
      {t("threadError.detail")} <span className="mt-1 block text-ink-faint text-tiny">{code}</span>
    </EmptyState>
  );
}

export function ThreadEmpty() {
  const t = useTranslations("inbox");
  return (
    <EmptyState icon={<MessageCircle />} title={t("threadEmpty.title")}>
      {t("threadEmpty.detail")}
    </EmptyState>
  );
}

/** At the top of the thread: brings older messages before the reader gets there. */
export function OlderMessages({
  hasMore,
  loading,
  failed,
  load,
  scroller,
}: {
  hasMore: boolean;
  loading: boolean;
  failed: boolean;
  load: () => void;
  scroller: RefObject<HTMLElement | null>;
}) {
  const t = useTranslations("inbox");
  const sentinel = useRef<HTMLDivElement>(null);
  const loadMore = useEffectEvent(load);
  const wanted = hasMore && !loading && !failed;
  useEffect(() => {
    const element = sentinel.current;
    if (!element || !wanted) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && loadMore(), {
      root: scroller.current,
      rootMargin: "1200px 0px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [wanted, scroller]);

  if (!hasMore) return <p className="pt-6 text-center text-ink-faint text-small">{t("threadStart")}</p>;
  return (
    <div ref={sentinel} className="flex h-16 items-center justify-center pt-4">
      {failed ? (
        <Button size="sm" onClick={load}>
          {t("olderFailed")}
        </Button>
      ) : (
        <span className="text-ink-faint text-small">{t("olderLoading")}</span>
      )}
    </div>
  );
}
