"use client";

import { Users } from "lucide-react";
import { Avatar as Radix } from "radix-ui";
import { classes } from "./classes.ts";

const SIZES = {
  sm: "size-7 text-tiny",
  md: "size-10 text-base",
  lg: "size-12 text-title",
  xl: "size-20 text-display",
} as const;

/**
 * The picture, else initials on a tint that stays the same for the same `seed` (an id). Decorative:
 * the name always stands beside it.
 */
export function Avatar({
  name,
  seed,
  src,
  kind = "person",
  size = "md",
  className,
}: {
  name: string;
  seed: string;
  src?: string | null | undefined;
  kind?: "person" | "group";
  size?: keyof typeof SIZES;
  className?: string;
}) {
  return (
    <Radix.Root
      aria-hidden
      data-tint={tintOf(seed)}
      className={classes(
        "avatar-tint inline-flex shrink-0 select-none items-center justify-center overflow-hidden rounded-full font-medium",
        SIZES[size],
        className,
      )}
    >
      {src && <Radix.Image src={src} alt="" className="size-full object-cover" />}
      <Radix.Fallback {...(src ? { delayMs: 300 } : {})}>
        {kind === "group" ? <Users className="size-[45%] min-h-4 min-w-4" /> : initialsOf(name)}
      </Radix.Fallback>
    </Radix.Root>
  );
}

/** First letters of the first and last word; `#` for what has no letters, such as a phone number. */
export function initialsOf(name: string): string {
  const words = name.match(/\p{L}[\p{L}\p{M}'’-]*/gu) ?? [];
  const first = words[0];
  const last = words.length > 1 ? words.at(-1) : undefined;
  const letters = [first, last].map((word) => (word ? [...word][0] : "")).join("");
  return letters.toLocaleUpperCase() || "#";
}

const TINTS = 8;

function tintOf(seed: string): number {
  let hash = 0;
  for (const character of seed) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % TINTS;
}
