import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

/** The one place of a pane that scrolls. Reachable by keyboard, so give it a name with `aria-label`. */
export function ScrollArea({ className, ...rest }: ComponentProps<"section">) {
  return (
    <section
      {...rest}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable without a mouse
      tabIndex={0}
      className={classes(
        "min-h-0 flex-1 overflow-y-auto overscroll-contain focus-visible:outline-offset-[-2px]",
        className,
      )}
    />
  );
}
