"use client";

import { Check } from "lucide-react";
import { Checkbox as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";

/** A box with its label and, below it, what ticking means. */
export function Checkbox({
  label,
  hint,
  ...rest
}: ComponentProps<typeof Radix.Root> & { label: ReactNode; hint?: ReactNode }) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5 py-1">
      <Radix.Root
        {...rest}
        id={id}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5 flex size-4.5 shrink-0 items-center justify-center rounded-[5px] border border-line-control bg-raised text-accent-ink transition-colors hover:border-ink-faint data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Indicator>
          <Check className="size-3.5" strokeWidth={3} />
        </Radix.Indicator>
      </Radix.Root>
      <div className="min-w-0">
        <label htmlFor={id} className="select-none">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-ink-muted text-small">
            {hint}
          </p>
        )}
      </div>
    </div>
  );
}
