import { tenantTransaction } from "#lib/db/client.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { presentAlert, WITH_CHANNEL } from "./present.ts";
import type { AlertView } from "./schema.ts";

/** What is wrong now, newest first, dismissed ones too. A number has at most one of each kind. */
export async function listOpenAlerts(ctx: Ctx): Promise<AlertView[]> {
  const rows = await tenantTransaction(ctx.tenantId, (db) =>
    db.alert.findMany({
      where: { resolvedAt: null },
      orderBy: [{ at: "desc" }, { id: "desc" }],
      include: WITH_CHANNEL,
    }),
  );
  return rows.map(presentAlert);
}
