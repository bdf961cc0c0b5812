"use client";

import { Tabs as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { classes } from "./classes.ts";

export const Tabs = Radix.Root;
export const TabsContent = Radix.Content;

export function TabsList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return <Radix.List {...rest} className={classes("flex gap-1 border-line border-b", className)} />;
}

export function TabsTrigger({ className, ...rest }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      {...rest}
      className={classes(
        "-mb-px border-transparent border-b-2 px-3 py-2 font-medium text-ink-muted hover:text-ink focus-visible:outline-offset-[-2px] data-[state=active]:border-accent data-[state=active]:text-ink",
        className,
      )}
    />
  );
}
