import { classes } from "#components/ui/classes.ts";

/** The mark: a message left for someone. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={classes("shrink-0", className)}>
      <path
        d="M8 3h16a6 6 0 0 1 6 6v11a6 6 0 0 1-6 6H14.5l-6.2 3.9A1.5 1.5 0 0 1 6 28.6V25.7A6 6 0 0 1 2 20V9a6 6 0 0 1 6-6Z"
        fill="var(--accent)"
      />
      <path
        d="m9.5 14.6 3.6 3.6 6.2-7.4m-1.2 6.2 1.2 1.2 6.2-7.4"
        fill="none"
        stroke="var(--accent-ink)"
        strokeWidth="2.3"
        strokeLinecap="round"
        strokeLinejoin="round"
        transform="translate(-1.5 0)"
      />
    </svg>
  );
}
