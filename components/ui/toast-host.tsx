"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";

export { toast };

let listening: () => void;
/** From here on notices are seen. */
export const mounted = new Promise<void>((resolve) => {
  listening = resolve;
});

/**
 * Where short notices appear: at the top, since at the bottom people write and navigate. They are read
 * out by screen readers and never take the focus.
 */
export function ToastHost() {
  const t = useTranslations("common");
  useEffect(() => listening(), []);
  return (
    <Sonner
      position="top-center"
      gap={8}
      containerAriaLabel={t("notices")}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            "flex w-[min(var(--width),calc(100vw-2rem))] items-start gap-3 rounded-lg border border-line bg-raised p-3 text-base text-ink shadow-float",
          content: "min-w-0 flex-1",
          title: "font-medium",
          description: "mt-0.5 text-small text-ink-muted",
          icon: "mt-0.5 shrink-0",
          error: "[&_[data-icon]]:text-danger-text",
          success: "[&_[data-icon]]:text-success-text",
          warning: "[&_[data-icon]]:text-warning-text",
          actionButton:
            "shrink-0 self-center rounded-md px-2 py-1 font-medium text-accent-text hover:bg-accent-tint",
          cancelButton: "shrink-0 self-center rounded-md px-2 py-1 text-ink-muted hover:bg-hover",
        },
      }}
    />
  );
}
