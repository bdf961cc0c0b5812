import type { ChangeFaults, PlayScenario } from "#lib/domain/sandbox/schema.ts";
import type { Customer } from "./customers.ts";

/** What a script does, one step after another; `waitMs` comes before the step. */
export type ScenarioStep = { waitMs: number } & (
  | { do: "write"; phone: string; name: string; text: string }
  | { do: "online"; phone: string; online: boolean }
  | { do: "faults"; faults: ChangeFaults }
  | { do: "play"; scenario: PlayScenario }
);

export const SCENARIOS = ["rush", "burst", "offline", "hidden", "flaky", "outage", "lost", "banned"] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export const CALM: ChangeFaults = {
  sendErrorRate: 0,
  sendTimeoutRate: 0,
  latencyMs: 0,
  duplicateRate: 0,
  reorderRate: 0,
  dropRate: 0,
  down: false,
};
const FLAKY: ChangeFaults = { latencyMs: 1500, duplicateRate: 0.5, reorderRate: 0.5, sendErrorRate: 0.2 };

export type Samples = {
  rush: readonly string[];
  burst: readonly string[];
  hidden: { name: string; text: string };
};

/** The script of a situation; `chosen` is the customer on screen. */
export function scenarioSteps(
  name: ScenarioName,
  people: { chosen: Customer; customers: readonly Customer[] },
  samples: Samples,
): ScenarioStep[] {
  const { phone, name: chosenName } = people.chosen;
  switch (name) {
    case "rush":
      return people.customers.slice(0, samples.rush.length).map((customer, index) => ({
        waitMs: index === 0 ? 0 : 500,
        do: "write",
        phone: customer.phone,
        name: customer.name,
        text: samples.rush[index] ?? "",
      }));
    case "burst":
      return samples.burst.map((text, index) => ({
        waitMs: index === 0 ? 0 : 250,
        do: "write",
        phone,
        name: chosenName,
        text,
      }));
    case "offline":
      return [
        { waitMs: 0, do: "online", phone, online: false },
        { waitMs: 15_000, do: "online", phone, online: true },
      ];
    case "hidden":
      return [
        {
          waitMs: 0,
          do: "play",
          scenario: { name: "hidden_number", contactName: samples.hidden.name, text: samples.hidden.text },
        },
      ];
    case "flaky":
      return [
        { waitMs: 0, do: "faults", faults: { ...CALM, ...FLAKY } },
        { waitMs: 30_000, do: "faults", faults: CALM },
      ];
    case "outage":
      return [
        { waitMs: 0, do: "faults", faults: { down: true } },
        { waitMs: 20_000, do: "faults", faults: { down: false } },
      ];
    case "lost":
      return [{ waitMs: 0, do: "play", scenario: { name: "connection_lost" } }];
    case "banned":
      return [{ waitMs: 0, do: "play", scenario: { name: "banned" } }];
  }
}

/** What puts the world right again when a script is stopped half way. */
export function undoSteps(steps: readonly ScenarioStep[]): ScenarioStep[] {
  const last = steps.at(-1);
  return last && last.waitMs > 5_000 ? [{ ...last, waitMs: 0 }] : [];
}

/** Runs a script; stopped by the signal it undoes what it has begun and ends normally. */
export async function runScenario(
  steps: readonly ScenarioStep[],
  perform: (step: ScenarioStep) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  for (const step of steps) {
    await pause(step.waitMs, signal);
    if (signal.aborted) break;
    await perform(step);
  }
  if (signal.aborted) for (const step of undoSteps(steps)) await perform(step);
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms === 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
