import { setTimeout as delay } from "node:timers/promises";
import type { ControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import { NO_FAULTS } from "#lib/channel-adapters/sandbox/control-schema.ts";
import { untilDone } from "./people.ts";
import { type KilledPart, type Script, type Strike, withoutFault } from "./script.ts";

export type Damage = { kills: Record<KilledPart, number>; faults: number; cuts: number };

/** Kills parts and sets faults when the script says so; resolves when the weather is calm again. */
export async function rage(
  script: Script,
  phones: ControlClient,
  instance: string,
  parts: () => Promise<Record<string, number>>,
): Promise<Damage> {
  const startedAt = Date.now();
  const damage: Damage = {
    kills: { web: 0, worker: 0, realtime: 0, sandbox: 0, database: 0 },
    faults: 0,
    cuts: 0,
  };
  const recoveries: Promise<unknown>[] = [];
  for (const strike of script.strikes) {
    await delay(Math.max(0, startedAt + strike.atMs - Date.now()));
    if (strike.kind === "kill") await kill(strike.part, parts, damage);
    else recoveries.push(passing(strike, phones, instance, damage));
  }
  await Promise.all(recoveries);
  await untilDone(() => phones.setFaults(NO_FAULTS));
  await untilDone(() => phones.setLine(instance, true));
  return damage;
}

/** A part that is just being started again has no number yet, and is spared. */
async function kill(part: KilledPart, parts: () => Promise<Record<string, number>>, damage: Damage) {
  const pid = (await parts())[part];
  if (pid === undefined) return;
  try {
    process.kill(pid, "SIGKILL");
    damage.kills[part] += 1;
  } catch {
    // It had just died of the blow before.
  }
}

async function passing(
  strike: Exclude<Strike, { kind: "kill" }>,
  phones: ControlClient,
  instance: string,
  damage: Damage,
): Promise<void> {
  if (strike.kind === "cut") {
    damage.cuts += 1;
    await untilDone(() => phones.setLine(instance, false));
    await delay(strike.forMs);
    await untilDone(() => phones.setLine(instance, true));
    return;
  }
  damage.faults += 1;
  await untilDone(() => phones.setFaults(strike.fault));
  await delay(strike.forMs);
  await untilDone(() => phones.setFaults(withoutFault(strike.fault)));
}
