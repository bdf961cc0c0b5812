import type { ReactNode } from "react";

/** One key of the keyboard. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-[5px] border border-line-strong border-b-2 bg-surface px-1.5 font-medium font-sans text-ink-muted text-tiny">
      {children}
    </kbd>
  );
}
