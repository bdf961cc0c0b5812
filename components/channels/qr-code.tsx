"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { Skeleton } from "#components/ui/skeleton.tsx";
import type { ChannelQr } from "#lib/domain/channels/schema.ts";
import { type Countdown, countdownAt, localExpiry, QR_LIFETIME_MS } from "./countdown.ts";

const FRESH: Countdown = { seconds: QR_LIFETIME_MS / 1000, share: 1, ended: false };
const TICK_MS = 250;
const ASK_AGAIN_MS = 4_000;

/** Counts the life of one code; `onEnded` is called when it is over, and again while no other has come. */
function useCountdown(expiresAt: string | undefined, onEnded: () => void): Countdown {
  const [countdown, setCountdown] = useState(FRESH);
  const ended = useEffectEvent(onEnded);
  useEffect(() => {
    if (!expiresAt) return;
    const expiry = localExpiry(expiresAt, Date.now());
    let askedAt = 0;
    const tick = () => {
      const now = Date.now();
      const next = countdownAt(expiry, now);
      setCountdown((shown) => (shown.seconds === next.seconds && !next.ended ? shown : next));
      if (next.ended && now - askedAt > ASK_AGAIN_MS) {
        askedAt = now;
        ended();
      }
    };
    tick();
    const timer = setInterval(tick, TICK_MS);
    return () => clearInterval(timer);
  }, [expiresAt]);
  return countdown;
}

/** The code with its remaining time as a ring; a new one takes its place by itself. */
export function QrCode({ qr, onEnded }: { qr: ChannelQr | undefined; onEnded: () => void }) {
  const t = useTranslations("channels.connect");
  const countdown = useCountdown(qr?.expiresAt, onEnded);
  if (!qr)
    return (
      <div className="flex flex-col items-center gap-3">
        <Skeleton className="size-66 rounded-xl" />
        <p role="status" className="text-ink-muted text-small">
          {t("waitingQr")}
        </p>
      </div>
    );
  return (
    <div className="flex flex-col items-center gap-3">
      {/* White in both themes: cameras need the contrast. */}
      <div className="rounded-xl border border-line bg-white p-3">
        {/* biome-ignore lint/performance/noImgElement: a data URL of the moment, nothing to optimise */}
        <img
          src={qr.image}
          alt={t("qrAlt")}
          width={240}
          height={240}
          className={countdown.ended ? "size-60 opacity-15 blur-xs" : "size-60"}
        />
      </div>
      <div className="flex h-6 items-center gap-2 text-ink-muted text-small">
        <Ring share={countdown.share} />
        <span className="tabular" suppressHydrationWarning>
          {countdown.ended ? t("renewing") : t("renewsIn", { seconds: countdown.seconds })}
        </span>
      </div>
    </div>
  );
}

const RADIUS = 8;
const LENGTH = 2 * Math.PI * RADIUS;

function Ring({ share }: { share: number }) {
  return (
    <svg aria-hidden viewBox="0 0 20 20" className="size-5 -rotate-90">
      <circle cx="10" cy="10" r={RADIUS} fill="none" strokeWidth="2.5" className="stroke-line-strong" />
      <circle
        cx="10"
        cy="10"
        r={RADIUS}
        fill="none"
        strokeWidth="2.5"
        strokeLinecap="round"
        strokeDasharray={LENGTH}
        strokeDashoffset={LENGTH * (1 - share)}
        className="stroke-accent transition-[stroke-dashoffset] duration-1000 ease-linear"
      />
    </svg>
  );
}
