"use client";

import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes.ts";
import { Tooltip } from "./tooltip.tsx";

type IconButtonProps = Omit<ComponentProps<"button">, "aria-label" | "title"> & {
  /** Its accessible name, shown on hover. */
  label: string;
  shortcut?: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  size?: "sm" | "md";
};

/** A button that is only an icon: 36 px (28 when small), at least 40 px to touch on narrow screens. */
export function IconButton({
  label,
  shortcut,
  side = "top",
  size = "md",
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} side={side} shortcut={shortcut}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={classes(
          "inline-flex shrink-0 items-center justify-center rounded-md text-ink-muted transition-colors duration-100 hover:bg-hover hover:text-ink",
          "disabled:cursor-default disabled:opacity-50 aria-pressed:bg-selected aria-pressed:text-accent-text",
          size === "md"
            ? "size-9 max-md:size-10 [&_svg]:size-[1.125rem]"
            : "size-7 max-md:size-9 [&_svg]:size-4",
          className,
        )}
      />
    </Tooltip>
  );
}
