"use client";

import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { CloseButton } from "./close-button.tsx";
import { useFocusReturn } from "./use-focus-return.ts";

/** A panel that slides over the page; on narrow screens always from below. */
export const Sheet = Radix.Root;
export const SheetTrigger = Radix.Trigger;
export const SheetClose = Radix.Close;

export function SheetContent({
  title,
  hideTitle = false,
  className,
  children,
}: {
  title: ReactNode;
  hideTitle?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const focusReturn = useFocusReturn();
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-overlay" />
      <Radix.Content
        {...focusReturn}
        aria-describedby={undefined}
        className={classes(
          "fixed z-40 flex flex-col border-line bg-raised shadow-float",
          "max-md:inset-x-0 max-md:bottom-0 max-md:max-h-[88dvh] max-md:animate-slide-in-bottom max-md:rounded-t-xl max-md:border-t",
          "md:inset-y-0 md:right-0 md:w-96 md:animate-slide-in-right md:border-l",
          className,
        )}
      >
        <div className="flex items-center gap-3 px-4 py-3">
          <Radix.Title className={hideTitle ? "sr-only" : "min-w-0 flex-1 font-semibold text-title"}>
            {title}
          </Radix.Title>
          <Radix.Close asChild>
            <CloseButton className="-mr-2 ml-auto" />
          </Radix.Close>
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-[max(1rem,env(safe-area-inset-bottom))]">
          {children}
        </div>
      </Radix.Content>
    </Radix.Portal>
  );
}
