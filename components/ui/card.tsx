import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes.ts";

/** A block of one subject on a settings page: title, what it is, content, and buttons at the foot. */
export function Card({
  title,
  description,
  action,
  footer,
  className,
  children,
  ...rest
}: Omit<ComponentProps<"section">, "title"> & {
  title?: ReactNode;
  description?: ReactNode;
  action?: ReactNode;
  footer?: ReactNode;
}) {
  return (
    <section {...rest} className={classes("rounded-xl border border-line bg-raised", className)}>
      {(title || action) && (
        <header className="flex flex-wrap items-start justify-between gap-3 px-5 pt-4">
          <div className="min-w-0 flex-1">
            {title && <h2 className="font-semibold text-title">{title}</h2>}
            {description && <p className="mt-0.5 text-ink-muted">{description}</p>}
          </div>
          {action}
        </header>
      )}
      <div className="px-5 py-4">{children}</div>
      {footer && (
        <footer className="flex flex-wrap items-center justify-end gap-2 rounded-b-xl border-line border-t bg-surface px-5 py-3">
          {footer}
        </footer>
      )}
    </section>
  );
}
