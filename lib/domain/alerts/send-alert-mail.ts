import { type Ctx, inTransaction } from "#lib/domain/context.ts";
import { localesOf } from "#lib/domain/users/system.ts";
import { DEFAULT_LOCALE } from "#lib/i18n/locales.ts";
import { env } from "#lib/kernel/env.ts";
import type { Id } from "#lib/kernel/ids.ts";
import { logger } from "#lib/kernel/logger.ts";
import { mailIsSetUp, sendMail } from "#lib/mail/send-mail.ts";
import { alertMail } from "./alert-mail.ts";
import { AlertData, presentAlert, WITH_CHANNEL } from "./present.ts";

/** Writes to every owner about an alert that is still open, each once. `later`: a mail did not get away. */
export async function sendAlertMail(ctx: Ctx, alertId: Id<"alert">): Promise<"done" | "later"> {
  const found = await inTransaction(ctx, async (tx) => {
    const alert = await tx.db.alert.findUnique({ where: { id: alertId }, include: WITH_CHANNEL });
    if (!alert || alert.resolvedAt || alert.mailedAt) return null;
    const owners = await tx.db.member.findMany({ where: { role: "owner" }, orderBy: { id: "asc" } });
    const tenant = await tx.db.tenant.findUniqueOrThrow({ where: { id: ctx.tenantId } });
    return { alert, owners, tenant };
  });
  if (!found || !mailIsSetUp()) return "done";
  const { alert, owners, tenant } = found;
  const { mailedTo } = AlertData.parse(alert.data);
  const waiting = owners.filter(({ id }) => !mailedTo.includes(id));
  const locales = await localesOf(waiting.map(({ userId }) => userId));
  let failed = 0;
  for (const { id, name, email, userId } of waiting) {
    const reader = { name, email, locale: locales.get(userId) ?? DEFAULT_LOCALE };
    try {
      await sendMail(
        alertMail(presentAlert(alert), reader, tenant, channelUrl(tenant.slug, alert.channelId)),
      );
      await noteMailed(ctx, alertId, id);
    } catch (error) {
      failed += 1;
      logger.warn({ err: error, alertId }, "alert not mailed");
    }
  }
  if (failed > 0) return "later";
  await inTransaction(ctx, (tx) =>
    tx.db.alert.updateMany({ where: { id: alertId }, data: { mailedAt: new Date() } }),
  );
  return "done";
}

async function noteMailed(ctx: Ctx, alertId: string, memberId: string): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await tx.db.$executeRaw`select 1 from alerts where id = ${alertId} for update`;
    const alert = await tx.db.alert.findUniqueOrThrow({ where: { id: alertId } });
    const known = AlertData.parse(alert.data);
    const data = { ...known, mailedTo: [...known.mailedTo, memberId] };
    await tx.db.alert.update({ where: { id: alertId }, data: { data } });
  });
}

function channelUrl(slug: string, channelId: string | null): string {
  const base = env().APP_URL ?? `http://${env().HOST}:${env().PORT}`;
  return channelId ? `${base}/${slug}/settings/channels/${channelId}` : `${base}/${slug}/settings/channels`;
}
