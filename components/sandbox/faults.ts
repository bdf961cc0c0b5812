import type { ChangeFaults, SandboxFaults } from "#lib/domain/sandbox/schema.ts";

export const RATE_FAULTS = [
  "sendErrorRate",
  "sendTimeoutRate",
  "duplicateRate",
  "reorderRate",
  "dropRate",
] as const satisfies readonly (keyof ChangeFaults)[];
export type RateFault = (typeof RATE_FAULTS)[number];

export const LATENCY_MAX_MS = 10_000;
export const LATENCY_STEP_MS = 250;

export function anyFault(faults: SandboxFaults): boolean {
  return faults.down || faults.latencyMs > 0 || RATE_FAULTS.some((name) => faults[name] > 0);
}
