"use client";

import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { classes } from "./classes.ts";
import { CloseButton } from "./close-button.tsx";
import { useFocusReturn } from "./use-focus-return.ts";

/**
 * A dialog: `<Dialog open onOpenChange><DialogContent title="…">…</DialogContent></Dialog>`. Escape
 * closes it and the focus returns to what opened it. `DialogTrigger` and `DialogClose` take `asChild`.
 */
export const Dialog = Radix.Root;
export const DialogTrigger = Radix.Trigger;
export const DialogClose = Radix.Close;

const WIDTHS = { sm: "md:max-w-sm", md: "md:max-w-lg", lg: "md:max-w-3xl" } as const;

export function DialogContent({
  title,
  description,
  footer,
  size = "md",
  closable = true,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  /** Buttons, the chief one last. */
  footer?: ReactNode;
  size?: keyof typeof WIDTHS;
  /** False where a click outside or Escape would lose something that is shown only once. */
  closable?: boolean;
  children?: ReactNode;
}) {
  const focusReturn = useFocusReturn();
  const keepOpen = closable ? undefined : (event: Event) => event.preventDefault();
  return (
    <Radix.Portal>
      <Radix.Overlay className="fixed inset-0 z-40 animate-fade-in bg-overlay" />
      <div className="pointer-events-none fixed inset-0 z-40 flex items-end justify-center md:items-center md:p-6">
        <Radix.Content
          {...focusReturn}
          {...(description ? {} : { "aria-describedby": undefined })}
          {...(keepOpen ? { onEscapeKeyDown: keepOpen, onInteractOutside: keepOpen } : {})}
          className={classes(
            "pointer-events-auto flex max-h-[92dvh] w-full animate-rise-in flex-col rounded-t-xl border border-line bg-raised shadow-float md:max-h-[86dvh] md:rounded-xl",
            WIDTHS[size],
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4 pb-1">
            <div className="min-w-0 flex-1 pt-1">
              <Radix.Title className="font-semibold text-title">{title}</Radix.Title>
              {description && (
                <Radix.Description className="mt-1 text-ink-muted">{description}</Radix.Description>
              )}
            </div>
            {closable && (
              <Radix.Close asChild>
                <CloseButton className="-mr-2" />
              </Radix.Close>
            )}
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-5 py-3">{children}</div>
          {footer && (
            <div className="flex flex-wrap justify-end gap-2 px-5 pt-1 pb-[max(1rem,env(safe-area-inset-bottom))]">
              {footer}
            </div>
          )}
        </Radix.Content>
      </div>
    </Radix.Portal>
  );
}
