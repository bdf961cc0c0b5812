import type { ReactNode } from "react";
import { classes } from "./classes.ts";

/** Says what this place is for and offers the one next step. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  className,
}: {
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div
      className={classes(
        "flex flex-col items-center justify-center gap-1.5 px-6 py-12 text-center",
        className,
      )}
    >
      {icon && (
        <div
          aria-hidden
          className="mb-2 flex size-12 items-center justify-center rounded-full bg-accent-tint text-accent-text [&_svg]:size-6"
        >
          {icon}
        </div>
      )}
      <h2 className="text-balance font-semibold text-title">{title}</h2>
      {children && <p className="max-w-sm text-balance text-ink-muted">{children}</p>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  );
}
