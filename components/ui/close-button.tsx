"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

/** Without a name on hover: an open tooltip would take the first Escape, which belongs to the dialog. */
export function CloseButton({ className, ...rest }: ComponentProps<"button">) {
  const t = useTranslations("common");
  return (
    <button
      type="button"
      {...rest}
      aria-label={t("close")}
      className={classes(
        "inline-flex size-9 shrink-0 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink max-md:size-10",
        className,
      )}
    >
      <X className="size-4.5" />
    </button>
  );
}
