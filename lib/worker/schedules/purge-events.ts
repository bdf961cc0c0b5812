import { purgeEvents } from "#lib/domain/inbound-events/delete-old-events.ts";
import { logger } from "#lib/kernel/logger.ts";

/** Once a day: raw webhooks past each business's retention, and the remains of finished work. */
export async function purgeEventsRound(): Promise<void> {
  logger.info(await purgeEvents(), "old events purged");
}
