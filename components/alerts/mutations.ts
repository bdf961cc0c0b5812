"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "#lib/browser/workspace.tsx";
import type { AlertView } from "#lib/domain/alerts/schema.ts";
import { storeAlert } from "./realtime.ts";

export function useDismissAlert() {
  const api = useApi();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (alert: AlertView) => api.post<AlertView>(`/alerts/${alert.id}/dismiss`, {}),
    onMutate: (alert) => storeAlert(client, { ...alert, dismissedAt: new Date().toISOString() }),
    onSuccess: (alert) => storeAlert(client, alert),
    onError: (_error, alert) => storeAlert(client, alert),
  });
}
