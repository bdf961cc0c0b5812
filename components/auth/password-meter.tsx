"use client";

import { useTranslations } from "next-intl";
import { classes } from "#components/ui/classes.ts";
import { type PasswordStrength, passwordStrength } from "./password-strength.ts";

const LOOKS: Record<PasswordStrength, { steps: number; colour: string }> = {
  short: { steps: 1, colour: "bg-line-control" },
  easy: { steps: 1, colour: "bg-danger" },
  good: { steps: 2, colour: "bg-accent" },
  strong: { steps: 3, colour: "bg-success" },
};

/** Three small bars and a word: how hard the password is to guess. Takes its room from the start. */
export function PasswordMeter({ password, personal }: { password: string; personal: readonly string[] }) {
  const t = useTranslations("auth.password");
  const strength = passwordStrength(password, personal);
  const { steps, colour } = LOOKS[strength];
  const shown = password === "" ? 0 : steps;
  return (
    <div>
      <div aria-hidden className="flex gap-1 pb-1.5">
        {[1, 2, 3].map((step) => (
          <span
            key={step}
            className={classes(
              "h-1 flex-1 rounded-full transition-colors",
              step <= shown ? colour : "bg-line",
            )}
          />
        ))}
      </div>
      <span aria-live="polite">{password === "" ? t("hint") : t(strength)}</span>
    </div>
  );
}
