import { createHash } from "node:crypto";
import { notifySoon } from "#lib/db/notify.ts";
import type { JobName } from "./catalog.ts";

/** The channel on which pg-boss's workers listen, named after its schema (held by test). */
const CHANNEL = `pgboss_${createHash("sha224").update("pgboss").digest("hex").slice(0, 24)}`;

/**
 * Tells the workers that jobs of this name were committed; should they not hear, they find them by
 * themselves within two seconds (lib/worker/runner.ts).
 */
export function wakeWorkers(name: JobName): void {
  notifySoon(CHANNEL, name);
}
