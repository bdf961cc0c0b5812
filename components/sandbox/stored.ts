"use client";

import { useCallback, useSyncExternalStore } from "react";
import type { z } from "zod";

const CHANGED = "recado-stored";

/** A small setting of this browser, the same in every window; what does not parse counts as not set. */
export function useStored<T>(key: string, schema: z.ZodType<T>, fallback: T): [T, (value: T) => void] {
  const text = useSyncExternalStore(
    subscribe,
    () => read(key),
    () => null,
  );
  const parsed = text === null ? null : schema.safeParse(parse(text));
  const set = useCallback(
    (value: T) => {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // A browser that keeps nothing still works; it only forgets.
      }
      window.dispatchEvent(new Event(CHANGED));
    },
    [key],
  );
  return [parsed?.success ? parsed.data : fallback, set];
}

function subscribe(changed: () => void): () => void {
  window.addEventListener("storage", changed);
  window.addEventListener(CHANGED, changed);
  return () => {
    window.removeEventListener("storage", changed);
    window.removeEventListener(CHANGED, changed);
  };
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
