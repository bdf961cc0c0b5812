import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { isDatabaseDown } from "#lib/db/client.ts";
import { env } from "#lib/kernel/env.ts";
import { idSchema } from "#lib/kernel/id-schema.ts";
import { newId } from "#lib/kernel/ids.ts";
import { logger } from "#lib/kernel/logger.ts";
import { type Delivery, recordInboundEvent } from "./record-inbound-event.ts";

/**
 * Where webhooks wait while the database cannot take them: one file each, flushed to disk before the
 * gateway hears 200. Drained in order of arrival as soon as the database is back, by any process.
 */
const Spooled = z.object({
  tenantId: idSchema("tenant"),
  channelId: idSchema("channel"),
  name: z.string(),
  chatKey: z.string(),
  body: z.string(),
  headers: z.record(z.string(), z.string()),
  receivedAt: z.iso.datetime().transform((text) => new Date(text)),
});

function spoolDir(): string {
  return path.resolve(env().DATA_DIR, "spool");
}

let ready: Promise<unknown> | undefined;

/** Resolves when the delivery is on the disk. */
export async function spoolDelivery(delivery: Delivery): Promise<void> {
  ready ??= mkdir(spoolDir(), { recursive: true, mode: 0o700 });
  await ready.catch((error: unknown) => {
    ready = undefined;
    throw error;
  });
  // The name sorts by arrival; the rename makes a half-written file invisible to the drain.
  const file = path.join(
    spoolDir(),
    `${String(delivery.receivedAt.getTime()).padStart(15, "0")}-${newId("inboundEvent")}`,
  );
  const handle = await open(`${file}.part`, "wx", 0o600);
  try {
    await handle.writeFile(JSON.stringify(delivery));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.part`, `${file}.json`);
  await flushDirectory();
}

async function flushDirectory(): Promise<void> {
  const handle = await open(spoolDir(), "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Moves what waits into the database, oldest first; returns how many. Stops when the database is away;
 * a delivery it will not have is put aside, so that those behind it come through.
 */
export async function drainSpool(): Promise<number> {
  const names = (await readdir(spoolDir()).catch(() => [])).filter((name) => name.endsWith(".json")).sort();
  for (const name of names) {
    const file = path.join(spoolDir(), name);
    const text = await readFile(file, "utf8").catch(() => null);
    // Another process was faster.
    if (text === null) continue;
    const spooled = Spooled.safeParse(parseJson(text));
    if (!spooled.success) {
      await putAside(file, new Error("not a spooled webhook"));
      continue;
    }
    try {
      // Recording twice is harmless: the second time it is a duplicate.
      await recordInboundEvent(spooled.data);
      await rm(file, { force: true });
    } catch (error) {
      if (isDatabaseDown(error)) throw error;
      await putAside(file, error);
    }
  }
  return names.length;
}

async function putAside(file: string, error: unknown): Promise<void> {
  logger.error(
    { err: error, file: path.basename(file) },
    "a spooled webhook cannot be stored; it stays on the disk",
  );
  await rename(file, `${file}.broken`);
}

export async function spooledCount(): Promise<number> {
  return (await readdir(spoolDir()).catch(() => [])).filter((name) => name.endsWith(".json")).length;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
