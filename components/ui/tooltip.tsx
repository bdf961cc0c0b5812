"use client";

import { Tooltip as Radix } from "radix-ui";
import type { ReactNode } from "react";

export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Radix.Provider delayDuration={350} skipDelayDuration={150}>
      {children}
    </Radix.Provider>
  );
}

/** A name on hover and on focus. It never carries what is not also in the control's accessible name. */
export function Tooltip({
  label,
  side = "top",
  shortcut,
  children,
}: {
  label: ReactNode;
  side?: "top" | "right" | "bottom" | "left";
  shortcut?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Radix.Root>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 flex max-w-72 animate-fade-in items-center gap-2 rounded-md bg-ink px-2.5 py-1.5 text-canvas text-small"
        >
          {label}
          {shortcut}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
