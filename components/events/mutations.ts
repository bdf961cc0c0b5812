"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "#lib/browser/workspace.tsx";
import type { Replayed, ReplayInboundEvents } from "#lib/domain/inbound-events/schema.ts";
import type { TenantSettings, UpdateTenant } from "#lib/domain/tenants/schema.ts";
import { eventKeys } from "./queries.ts";

export function useReplayEvents() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: ReplayInboundEvents) => api.post<Replayed>("/events/replay", input),
    onSuccess: () => client.invalidateQueries({ queryKey: eventKeys.all }),
  });
}

export function useUpdateTenant() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: UpdateTenant) => api.patch<TenantSettings>("/tenant", input),
    onSuccess: (settings) => client.setQueryData(eventKeys.settings(), settings),
  });
}
