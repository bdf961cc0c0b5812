import { listOpenAlerts } from "#lib/domain/alerts/queries.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route({ name: "alerts", scope: "channels:read" }, async ({ ctx }) =>
  ok({ data: await listOpenAlerts(ctx), next: null }),
);
