"use client";

import { Check, Copy } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "./button.tsx";

const SHOWN_MS = 2000;

/** Copies `text` and says so, in sight and to screen readers. */
export function CopyButton({ text, label }: { text: string; label?: string }) {
  const t = useTranslations("common");
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");

  useEffect(() => {
    if (state !== "copied") return;
    const timer = setTimeout(() => setState("idle"), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);

  async function copy() {
    try {
      await navigator.clipboard.writeText(text);
      setState("copied");
    } catch {
      // Browsers give the clipboard only to https and localhost.
      setState("refused");
    }
  }

  return (
    <Button onClick={copy}>
      {state === "copied" ? <Check className="text-success-text" /> : <Copy />}
      <span aria-live="polite">
        {state === "copied" ? t("copied") : state === "refused" ? t("copyByHand") : (label ?? t("copy"))}
      </span>
    </Button>
  );
}
