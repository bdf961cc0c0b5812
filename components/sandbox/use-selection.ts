"use client";

import { usePathname, useSearchParams } from "next/navigation";

/** Which number and which customer are on screen: in the address, so that a small window shows the same. */
export function useSelection() {
  const pathname = usePathname();
  const params = useSearchParams();

  function addressWith(change: Record<string, string | null>): string {
    const next = new URLSearchParams(params);
    for (const [name, value] of Object.entries(change)) {
      if (value === null) next.delete(name);
      else next.set(name, value);
    }
    return `${pathname}?${next}`;
  }

  return {
    channelId: params.get("channel"),
    phone: params.get("customer"),
    small: params.has("small"),
    addressWith,
    select: (change: { channel?: string; customer?: string }) =>
      window.history.replaceState(null, "", addressWith(change)),
  };
}
