"use client";

import { MapPin, Radio } from "lucide-react";
import { useTranslations } from "next-intl";
import type { MessageDetails } from "#lib/domain/messages/schema.ts";

type Place = Extract<MessageDetails, { kind: "location" }>;

/** A place in words and figures; maps are opened elsewhere, so that nobody's server learns of it before. */
export function BubbleLocation({ place }: { place: Place }) {
  const t = useTranslations("inbox");
  const { latitude, longitude, name, address, live } = place;
  const point = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return (
    <div className="mb-1 w-72 max-w-full overflow-hidden rounded-lg bg-ink/5">
      <div className="relative flex h-24 items-center justify-center overflow-hidden bg-accent-tint">
        <Grid />
        <MapPin aria-hidden className="relative size-9 fill-accent text-accent-ink" />
        {live && (
          <span className="absolute top-2 left-2 flex items-center gap-1 rounded-full bg-accent px-2 py-0.5 font-medium text-accent-ink text-small">
            <Radio aria-hidden className="size-3.5" />
            {t("location.live")}
          </span>
        )}
      </div>
      <div className="px-2.5 py-2">
        <p dir="auto" className="font-medium text-base [overflow-wrap:anywhere]">
          {name ?? t(live ? "location.live" : "types.location")}
        </p>
        {address && (
          <p dir="auto" className="text-ink-muted text-small [overflow-wrap:anywhere]">
            {address}
          </p>
        )}
        <p className="tabular text-ink-muted text-small">{point}</p>
        <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-small">
          <MapLink
            href={`https://www.google.com/maps/search/?api=1&query=${latitude},${longitude}`}
            name={t("location.google")}
          />
          <MapLink
            href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`}
            name={t("location.osm")}
          />
        </p>
      </div>
    </div>
  );
}

function MapLink({ href, name }: { href: string; name: string }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      className="rounded-sm font-medium text-accent-text hover:underline"
    >
      {name}
    </a>
  );
}

/** Streets of no city. */
function Grid() {
  return (
    <svg
      aria-hidden
      viewBox="0 0 288 96"
      preserveAspectRatio="xMidYMid slice"
      className="absolute inset-0 size-full text-accent opacity-25"
    >
      <g fill="none" stroke="currentColor" strokeWidth="3">
        <path d="M-10 70 60 52 140 62 300 20" strokeWidth="6" />
        <path d="M40-10 70 110M118-10 128 110M190-10 176 110M250-10 268 110" />
        <path d="M-10 20 110 14 300 66M-10 92 160 96" />
      </g>
    </svg>
  );
}
