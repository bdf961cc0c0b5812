"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { useFailureText } from "#components/channels/problem-text.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { toast } from "#components/ui/toast.tsx";
import type { ChangeFaults, SandboxFaults } from "#lib/domain/sandbox/schema.ts";
import { anyFault, LATENCY_MAX_MS, LATENCY_STEP_MS, RATE_FAULTS } from "./faults.ts";
import { useChangeFaults } from "./mutations.ts";
import { CALM } from "./scenarios.ts";
import { Toggle } from "./toggle.tsx";

/** What can go wrong between the gateway and us, in the strength one likes. */
export function FaultsCard({ channelId, faults }: { channelId: string; faults: SandboxFaults }) {
  const t = useTranslations("sandbox.faults");
  const failureText = useFailureText();
  const { mutate } = useChangeFaults(channelId);
  const change = (next: ChangeFaults) =>
    mutate(next, { onError: (error) => toast.error(failureText(error)) });
  return (
    <Card
      title={t("title")}
      description={t("hint")}
      action={
        anyFault(faults) && (
          <Button size="sm" onClick={() => change(CALM)}>
            {t("reset")}
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-4">
        {RATE_FAULTS.map((name) => (
          <FaultSlider
            key={name}
            label={t(name)}
            value={Math.round(faults[name] * 100)}
            max={100}
            step={5}
            show={(value) => t("percent", { value })}
            onChange={(value) => change({ [name]: value / 100 })}
          />
        ))}
        <FaultSlider
          label={t("latencyMs")}
          value={faults.latencyMs}
          max={LATENCY_MAX_MS}
          step={LATENCY_STEP_MS}
          show={(value) => t("milliseconds", { value })}
          onChange={(latencyMs) => change({ latencyMs })}
        />
        <div className="-mb-2 border-line border-t pt-2">
          <Toggle
            label={t("down")}
            hint={t("downHint")}
            checked={faults.down}
            onChange={(down) => change({ down })}
          />
        </div>
      </div>
    </Card>
  );
}

/** Follows the finger at once and is sent when it is let go. */
function FaultSlider({
  label,
  value,
  max,
  step,
  show,
  onChange,
}: {
  label: string;
  value: number;
  max: number;
  step: number;
  show: (value: number) => string;
  onChange: (value: number) => void;
}) {
  const id = useId();
  const [dragged, setDragged] = useState<number | null>(null);
  const shown = dragged ?? value;

  function commit() {
    if (dragged === null) return;
    setDragged(null);
    if (dragged !== value) onChange(dragged);
  }

  return (
    <div>
      <div className="flex items-baseline justify-between gap-3">
        <label htmlFor={id}>{label}</label>
        <output
          htmlFor={id}
          className={`tabular text-small ${shown > 0 ? "font-medium text-warning-text" : "text-ink-muted"}`}
        >
          {show(shown)}
        </output>
      </div>
      <input
        id={id}
        type="range"
        min={0}
        max={max}
        step={step}
        value={shown}
        aria-valuetext={show(shown)}
        onChange={(event) => setDragged(event.target.valueAsNumber)}
        onPointerUp={commit}
        onKeyUp={commit}
        onBlur={commit}
        className="mt-1 w-full accent-accent"
      />
    </div>
  );
}
