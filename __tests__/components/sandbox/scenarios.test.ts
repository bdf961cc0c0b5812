import { describe, expect, test } from "vitest";
import type { Customer } from "#components/sandbox/customers.ts";
import { runScenario, SCENARIOS, type ScenarioStep, scenarioSteps } from "#components/sandbox/scenarios.ts";
import { ChangeFaults, PlayScenario } from "#lib/domain/sandbox/schema.ts";

function aCustomer(phone: string): Customer {
  return { phone, name: `N${phone}`, online: true, unread: 0, businessPresence: null, lastMessage: null };
}

const chosen = aCustomer("51900000101");
const people = { chosen, customers: [chosen, aCustomer("51900000202")] };
const samples = { rush: ["a", "b", "c"], burst: ["1", "2"], hidden: { name: "Ana", text: "hola" } };

describe("situations", () => {
  test.each(SCENARIOS)("%s asks only what the API takes", (name) => {
    for (const step of scenarioSteps(name, people, samples)) {
      if (step.do === "faults") expect(ChangeFaults.safeParse(step.faults).success).toBe(true);
      if (step.do === "play") expect(PlayScenario.safeParse(step.scenario).success).toBe(true);
      if (step.do === "write") expect(step.text).not.toBe("");
    }
  });

  test("the rush hour has one message of each customer there is", () => {
    expect(scenarioSteps("rush", people, samples).map((step) => "phone" in step && step.phone)).toEqual([
      "51900000101",
      "51900000202",
    ]);
  });

  test("the steps run in order", async () => {
    const done: ScenarioStep[] = [];
    const steps = scenarioSteps("burst", people, samples).map((step) => ({ ...step, waitMs: 0 }));
    await runScenario(steps, async (step) => void done.push(step), new AbortController().signal);
    expect(done).toEqual(steps);
  });

  test("an outage that is stopped switches the server back on", async () => {
    const done: ScenarioStep[] = [];
    const stop = new AbortController();
    await runScenario(
      scenarioSteps("outage", people, samples),
      async (step) => {
        done.push(step);
        stop.abort();
      },
      stop.signal,
    );
    expect(done.map((step) => step.do === "faults" && step.faults.down)).toEqual([true, false]);
  });
});
