import type { QueryClient } from "@tanstack/react-query";
import type { AlertView } from "#lib/domain/alerts/schema.ts";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";
import type { Page } from "#lib/kernel/page-schema.ts";
import { withAlert } from "./cache.ts";
import { alertKeys } from "./queries.ts";

export function applyAlertEvent(client: QueryClient, event: RealtimeEvent): void {
  if (event.type !== "alert.updated") return;
  const { alert } = event;
  if (alert) storeAlert(client, alert);
  else void client.invalidateQueries({ queryKey: alertKeys.all });
}

export function storeAlert(client: QueryClient, alert: AlertView): void {
  client.setQueryData<Page<AlertView>>(alertKeys.all, (list) => withAlert(list, alert));
}
