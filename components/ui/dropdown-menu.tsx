"use client";

import { Check } from "lucide-react";
import { DropdownMenu as Radix } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { classes } from "./classes.ts";

/** Not modal: the page behind stays readable to screen readers and keeps its scroll bar. */
export function DropdownMenu(props: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root modal={false} {...props} />;
}
export const DropdownMenuTrigger = Radix.Trigger;
export const DropdownMenuRadioGroup = Radix.RadioGroup;

export function DropdownMenuContent({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return (
    <Radix.Portal>
      <Radix.Content
        sideOffset={6}
        collisionPadding={8}
        {...rest}
        className={classes(
          "z-50 min-w-48 max-w-[min(22rem,calc(100vw-1rem))] animate-rise-in rounded-lg border border-line bg-raised p-1 shadow-float",
          className,
        )}
      />
    </Radix.Portal>
  );
}

const ITEM =
  "flex min-h-8 cursor-default select-none items-center gap-2.5 rounded-sm px-2.5 py-1 outline-none data-[disabled]:opacity-50 data-[highlighted]:bg-hover max-md:min-h-10 [&_svg]:size-4 [&_svg]:shrink-0";

export function DropdownMenuItem({
  tone = "neutral",
  className,
  ...rest
}: ComponentProps<typeof Radix.Item> & { tone?: "neutral" | "danger" }) {
  const colour = tone === "danger" ? "text-danger-text" : "text-ink [&_svg]:text-ink-muted";
  return <Radix.Item {...rest} className={classes(ITEM, colour, className)} />;
}

export function DropdownMenuRadioItem({ children, ...rest }: ComponentProps<typeof Radix.RadioItem>) {
  return (
    <Radix.RadioItem {...rest} className={classes(ITEM, "pr-8 text-ink", "relative")}>
      {children}
      <Radix.ItemIndicator className="absolute right-2 text-accent-text">
        <Check />
      </Radix.ItemIndicator>
    </Radix.RadioItem>
  );
}

export function DropdownMenuLabel({ children }: { children: ReactNode }) {
  return (
    <Radix.Label className="px-2.5 pt-1.5 pb-1 font-medium text-ink-muted text-small">{children}</Radix.Label>
  );
}

export function DropdownMenuSeparator() {
  return <Radix.Separator className="-mx-1 my-1 h-px bg-line" />;
}
