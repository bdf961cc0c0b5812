import type { AlertView } from "#lib/domain/alerts/schema.ts";
import type { Page } from "#lib/kernel/page-schema.ts";

/** The open alerts with this one in its newest state; a resolved one leaves. */
export function withAlert(list: Page<AlertView> | undefined, alert: AlertView): Page<AlertView> | undefined {
  if (!list) return undefined;
  const others = list.data.filter(({ id }) => id !== alert.id);
  if (alert.resolvedAt !== null) return { ...list, data: others };
  return { ...list, data: [alert, ...others].toSorted((a, b) => b.at.localeCompare(a.at)) };
}

/** What is shown: sendings that stopped and numbers that are gone, the latest first. */
export function shownAlerts(list: Page<AlertView> | undefined): AlertView[] {
  return (list?.data ?? []).filter(({ dismissedAt }) => dismissedAt === null);
}
