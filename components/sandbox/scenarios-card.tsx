"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { toast } from "#components/ui/toast.tsx";
import type { Customer } from "./customers.ts";
import { type SandboxActions, useSandboxActions } from "./mutations.ts";
import {
  runScenario,
  type Samples,
  SCENARIOS,
  type ScenarioName,
  type ScenarioStep,
  scenarioSteps,
} from "./scenarios.ts";

function perform(actions: SandboxActions, step: ScenarioStep): Promise<unknown> {
  switch (step.do) {
    case "write":
      return actions.write(step.phone, { type: "text", text: step.text, name: step.name });
    case "online":
      return actions.online(step.phone, step.online);
    case "faults":
      return actions.faults(step.faults);
    case "play":
      return actions.play(step.scenario);
  }
}

function useSamples(): Samples {
  const t = useTranslations("sandbox.samples");
  return {
    rush: [t("rush1"), t("rush2"), t("rush3"), t("rush4")],
    burst: [t("burst1"), t("burst2"), t("burst3"), t("burst4"), t("burst5"), t("burst6")],
    hidden: { name: t("hiddenName"), text: t("hiddenText") },
  };
}

/** Whole situations at the press of a button; leaving the page ends what is still running. */
export function ScenariosCard({
  channelId,
  chosen,
  customers,
  ready,
}: {
  channelId: string;
  chosen: Customer;
  customers: readonly Customer[];
  /** The business phone is linked. */
  ready: boolean;
}) {
  const t = useTranslations("sandbox.scenarios");
  const actions = useSandboxActions(channelId);
  const samples = useSamples();
  const controller = useRef<AbortController | null>(null);
  const [running, setRunning] = useState<ScenarioName | null>(null);
  useEffect(() => () => controller.current?.abort(), []);

  async function run(name: ScenarioName) {
    const mine = new AbortController();
    controller.current = mine;
    setRunning(name);
    try {
      const steps = scenarioSteps(name, { chosen, customers }, samples);
      await runScenario(steps, async (step) => void (await perform(actions, step)), mine.signal);
    } catch {
      toast.error(t("failed"));
    }
    setRunning(null);
  }

  return (
    <Card title={t("title")}>
      <ul className="-my-2 flex flex-col divide-y divide-line">
        {SCENARIOS.map((name) => (
          <li key={name} className="flex items-center justify-between gap-4 py-2.5">
            <div className="min-w-0">
              <p>{t(name)}</p>
              <p className="text-ink-muted text-small">{t(`${name}Hint`)}</p>
            </div>
            {running === name ? (
              <Button size="sm" onClick={() => controller.current?.abort()}>
                {t("stop")}
              </Button>
            ) : (
              <Button
                size="sm"
                disabled={!ready || running !== null}
                aria-label={`${t("run")}: ${t(name)}`}
                onClick={() => void run(name)}
              >
                {t("run")}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
