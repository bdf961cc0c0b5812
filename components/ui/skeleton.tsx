import { classes } from "./classes.ts";

/** A grey shape of the content that is coming: give it that content's size. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classes("block animate-shimmer rounded-md bg-line", className)} />;
}
