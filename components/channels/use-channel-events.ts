"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRealtimeEvents } from "#lib/browser/realtime.tsx";
import { applyChannelEvent } from "./realtime.ts";

/** Keeps every channel in the cache as it is; for pages that show one. */
export function useChannelEvents(): void {
  const client = useQueryClient();
  useRealtimeEvents((event) => applyChannelEvent(client, event));
}
