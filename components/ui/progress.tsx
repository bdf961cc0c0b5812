"use client";

import { Progress as Radix } from "radix-ui";
import { classes } from "./classes.ts";

/** A line that fills; without `value` (0 to 1) it only says that something is going on. */
export function Progress({
  value,
  label,
  className,
}: {
  value?: number | null;
  label: string;
  className?: string;
}) {
  const known = typeof value === "number";
  return (
    <Radix.Root
      value={known ? Math.round(value * 100) : null}
      aria-label={label}
      className={classes("h-1 w-full overflow-hidden rounded-full bg-line", className)}
    >
      <Radix.Indicator
        className={classes(
          "block h-full rounded-full bg-accent",
          known ? "transition-[width]" : "w-2/5 animate-progress",
        )}
        style={known ? { width: `${Math.min(Math.max(value, 0), 1) * 100}%` } : undefined}
      />
    </Radix.Root>
  );
}
