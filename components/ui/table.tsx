import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

/** A table with a sticky header that scrolls sideways inside its own frame. `caption` names it. */
export function Table({
  caption,
  className,
  children,
  ...rest
}: ComponentProps<"table"> & { caption: string }) {
  return (
    <div className="overflow-x-auto">
      <table {...rest} className={classes("w-full border-collapse text-left", className)}>
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </div>
  );
}

export function TableHeader({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={classes(
        "sticky top-0 whitespace-nowrap border-line border-b bg-raised px-3 py-2 font-medium text-ink-muted text-small first:pl-5 last:pr-5",
        className,
      )}
    />
  );
}

export function TableRow({ className, ...rest }: ComponentProps<"tr">) {
  return <tr {...rest} className={classes("border-line border-b last:border-b-0", className)} />;
}

export function TableCell({
  numeric = false,
  className,
  ...rest
}: ComponentProps<"td"> & { numeric?: boolean }) {
  return (
    <td
      {...rest}
      className={classes("px-3 py-2.5 first:pl-5 last:pr-5", numeric && "tabular text-right", className)}
    />
  );
}
