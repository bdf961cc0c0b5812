import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

const CONTROL =
  "w-full rounded-md border border-line-control bg-raised text-ink transition-colors duration-100 hover:border-ink-faint focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger [&[readonly]]:bg-sunken max-md:text-[1rem]";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={classes(CONTROL, "h-9 px-3", className)} />;
}

export function Textarea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} className={classes(CONTROL, "min-h-20 px-3 py-2", className)} />;
}

/** The system's own list: the quickest one on a phone, and the most accessible. */
export function Select({ className, children, ...rest }: ComponentProps<"select">) {
  return (
    <select {...rest} className={classes(CONTROL, "select-arrow h-9 appearance-none pr-8 pl-3", className)}>
      {children}
    </select>
  );
}
