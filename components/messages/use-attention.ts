"use client";

import { useSyncExternalStore } from "react";

const EVENTS = ["focus", "blur", "visibilitychange"] as const;

/** True while somebody can be looking: the page is visible and its window has the focus. */
export function useAttention(): boolean {
  return useSyncExternalStore(subscribe, isAttentive, () => false);
}

export function isAttentive(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

function subscribe(changed: () => void): () => void {
  for (const name of EVENTS) window.addEventListener(name, changed);
  document.addEventListener("visibilitychange", changed);
  return () => {
    for (const name of EVENTS) window.removeEventListener(name, changed);
    document.removeEventListener("visibilitychange", changed);
  };
}
