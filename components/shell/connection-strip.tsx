"use client";

import { CloudOff, RefreshCw, WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { type ConnectionState, useConnection } from "#lib/browser/realtime.tsx";

const PATIENCE_MS = 2500;

/** Short drops heal unseen; no network is said at once. */
const SHOWN_AT_ONCE: readonly ConnectionState[] = ["offline", "unreachable"];
const SHOWN: readonly ConnectionState[] = [...SHOWN_AT_ONCE, "reconnecting", "polling"];

/** A quiet line while live updates are away, saying what still works. */
export function ConnectionStrip() {
  const t = useTranslations("shell.connection");
  const state = useConnection();
  const [patient, setPatient] = useState(true);
  const troubled = SHOWN.includes(state);

  useEffect(() => {
    setPatient(true);
    if (!troubled) return;
    const timer = setTimeout(() => setPatient(false), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [troubled]);

  const shown = troubled && (!patient || SHOWN_AT_ONCE.includes(state)) ? state : null;
  return (
    <div role="status">
      {shown && shown !== "live" && shown !== "connecting" && (
        <p className="flex items-center justify-center gap-2 bg-warning-tint px-4 py-1.5 text-center text-small text-warning-text">
          <Icon state={shown} />
          {t(shown)}
        </p>
      )}
    </div>
  );
}

function Icon({ state }: { state: ConnectionState }) {
  const look = "size-4 shrink-0";
  if (state === "offline") return <WifiOff aria-hidden className={look} />;
  if (state === "unreachable") return <CloudOff aria-hidden className={look} />;
  return <RefreshCw aria-hidden className={look} />;
}
