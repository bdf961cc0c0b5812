"use client";

import { type ComponentType, useEffect, useState } from "react";
import type { toast as sonnerToast } from "sonner";

type Sonner = typeof sonnerToast;

/** The notices themselves are loaded with the first of them: most visits see none. */
let host: Promise<Sonner> | undefined;
let show: ((host: ComponentType) => void) | undefined;

async function load(): Promise<Sonner> {
  const { mounted, ToastHost, toast: tell } = await import("./toast-host.tsx");
  show?.(ToastHost);
  // What is said before anybody listens would be lost.
  await mounted;
  return tell;
}

function withHost(say: (tell: Sonner) => void): void {
  host ??= load();
  // Without its code (offline, before the first notice) a notice cannot be shown; the next one tries again.
  host.then(say, () => {
    host = undefined;
  });
}

type Args<K extends "success" | "error"> = Parameters<Sonner[K]>;

/** A short notice. */
export const toast = Object.assign((...args: Parameters<Sonner>) => withHost((tell) => tell(...args)), {
  success: (...args: Args<"success">) => withHost((tell) => tell.success(...args)),
  error: (...args: Args<"error">) => withHost((tell) => tell.error(...args)),
});

/** Where short notices appear. */
export function Toaster() {
  const [Host, setHost] = useState<ComponentType | null>(null);
  useEffect(() => {
    show = (loaded) => setHost(() => loaded);
    return () => {
      show = undefined;
    };
  }, []);
  return Host && <Host />;
}
