import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

const VARIANTS = {
  primary: "bg-accent text-accent-ink hover:bg-accent-hover",
  secondary: "border border-line-strong bg-raised text-ink hover:bg-hover",
  ghost: "text-ink-muted hover:bg-hover hover:text-ink",
  danger: "bg-danger text-danger-ink hover:bg-danger-hover",
  /** For a list where many rows could be destroyed: red only in its words. */
  dangerGhost: "text-danger-text hover:bg-danger-tint",
  link: "text-accent-text underline-offset-4 hover:underline",
} as const;

const SIZES = {
  sm: "h-7 gap-1.5 rounded-md px-2.5 text-small",
  md: "h-9 gap-2 rounded-md px-3.5",
  lg: "h-11 gap-2 rounded-lg px-5",
  /** As wide as its words: links inside a sentence. */
  inline: "h-auto rounded-sm",
} as const;

export type ButtonVariant = keyof typeof VARIANTS;

export type ButtonProps = ComponentProps<"button"> & {
  variant?: ButtonVariant;
  size?: keyof typeof SIZES;
  /** Renders the single child (a link) with the button's looks. */
  asChild?: boolean;
  /** Work is under way: the button keeps its size and its focus, and does nothing when pressed again. */
  pending?: boolean;
};

export function Button({
  variant = "secondary",
  size = "md",
  asChild = false,
  pending = false,
  className,
  onClick,
  ...rest
}: ButtonProps) {
  const look = classes(
    "relative inline-flex shrink-0 select-none items-center justify-center overflow-hidden whitespace-nowrap font-medium transition-colors duration-100",
    "disabled:cursor-default disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
    VARIANTS[variant],
    SIZES[size],
    className,
  );
  if (asChild) return <Slot.Root className={look} {...rest} />;
  return (
    <button
      type="button"
      {...rest}
      className={look}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={pending ? (event) => event.preventDefault() : onClick}
    >
      {rest.children}
      {pending && (
        <span aria-hidden className="absolute inset-x-0 bottom-0 h-0.5 overflow-hidden">
          <span className="block h-full w-2/5 animate-progress bg-current opacity-80" />
        </span>
      )}
    </button>
  );
}
