"use client";

import { useEffect, useState } from "react";
import { useFormat } from "#lib/browser/workspace.tsx";

const REFRESH_MS = 30_000;

/** `Hace 3 minutos`, in the tenant's zone, kept true while it is on screen; the whole date on hover. */
export function Moment({ at, className }: { at: string; className?: string }) {
  const format = useFormat();
  const [, refresh] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => refresh((count) => count + 1), REFRESH_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    // The server's minute may already be over when the browser draws the page.
    <time dateTime={at} title={format.full(at)} className={className} suppressHydrationWarning>
      {format.ago(at)}
    </time>
  );
}
