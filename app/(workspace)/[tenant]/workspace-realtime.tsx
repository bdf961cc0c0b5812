"use client";

import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { applyAlertEvent } from "#components/alerts/realtime.ts";
import { applyChannelEvent } from "#components/channels/realtime.ts";
import { applyToConversations } from "#components/conversations/realtime.ts";
import { applyToGaps } from "#components/gaps/realtime.ts";
import { applyToThreads } from "#components/messages/realtime.ts";
import { type RealtimeConfig, RealtimeProvider, useRealtimeEvents } from "#lib/browser/realtime.tsx";

/** Live news for every page of a workspace: each feature keeps its own part of the cache true. */
export function WorkspaceRealtime({ config, children }: { config: RealtimeConfig; children: ReactNode }) {
  return (
    <RealtimeProvider config={config}>
      <CacheUpdates />
      {children}
    </RealtimeProvider>
  );
}

/** First of the listeners, so that others find the cache already changed. */
function CacheUpdates() {
  const client = useQueryClient();
  useRealtimeEvents((event) => {
    applyToThreads(client, event);
    applyToConversations(client, event);
    applyChannelEvent(client, event);
    applyAlertEvent(client, event);
    applyToGaps(client, event);
  });
  return null;
}
