"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { WaitNotice } from "#components/auth/login-form.tsx";
import { PasswordMeter } from "#components/auth/password-meter.tsx";
import { passwordStrength } from "#components/auth/password-strength.ts";
import { useCountdown } from "#components/auth/use-countdown.ts";
import { ErrorNotice } from "#components/shell/error-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { toast } from "#components/ui/toast.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { asAppError } from "#lib/browser/api.ts";
import { useWorkspace } from "#lib/browser/workspace.tsx";
import type { AppError } from "#lib/kernel/errors.ts";
import { useChangePassword } from "./mutations.ts";

export function PasswordForm() {
  const t = useTranslations("settings.password");
  const auth = useTranslations("auth.errors");
  const { user } = useWorkspace();
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<AppError | null>(null);
  const { secondsLeft, start } = useCountdown();
  const changePassword = useChangePassword();
  const personal = [user.email, user.name];
  const form = useForm({
    currentPassword: (value) => (value === "" ? t("currentMissing") : undefined),
    newPassword: (value, { currentPassword }) => {
      const strength = passwordStrength(value, personal);
      if (strength === "short") return auth("passwordShort");
      if (strength === "easy") return auth("passwordEasy");
      return value === currentPassword ? t("same") : undefined;
    },
  });

  const onSubmit = form.submit(async ({ currentPassword, newPassword }) => {
    if (secondsLeft > 0) return;
    setFailure(null);
    try {
      await changePassword.mutateAsync({ currentPassword, newPassword });
    } catch (error) {
      refuse(asAppError(error));
      return;
    }
    form.reset();
    setPassword("");
    toast.success(t("changed"));
  });

  function refuse(error: AppError) {
    const wrong = error.fields.some(({ path }) => path === "currentPassword");
    if (wrong) form.reject({ currentPassword: t("currentWrong") });
    else if (error.code === "weak_password") form.reject({ newPassword: auth("passwordEasy") });
    else setFailure(error);
    if (error.retryAfterS) start(error.retryAfterS);
  }

  return (
    <form ref={form.ref} noValidate onSubmit={onSubmit}>
      <Card
        title={t("title")}
        description={t("lead")}
        footer={
          <Button type="submit" variant="primary" pending={form.pending} disabled={secondsLeft > 0}>
            {t("submit")}
          </Button>
        }
      >
        <div className="flex flex-col gap-4">
          {failure?.code === "rate_limited" && <WaitNotice secondsLeft={secondsLeft} />}
          {failure && failure.code !== "rate_limited" && <ErrorNotice error={failure} />}
          {/* Lets password managers know whose password this is. */}
          <input type="hidden" name="username" autoComplete="username" value={user.email} readOnly />
          <Field label={t("current")} error={form.errorOf("currentPassword")}>
            {(control) => (
              <PasswordInput
                {...control}
                {...form.field("currentPassword")}
                autoComplete="current-password"
              />
            )}
          </Field>
          <Field
            label={t("new")}
            hint={<PasswordMeter password={password} personal={personal} />}
            error={form.errorOf("newPassword")}
          >
            {(control) => {
              const field = form.field("newPassword");
              return (
                <PasswordInput
                  {...control}
                  {...field}
                  autoComplete="new-password"
                  onInput={(event) => {
                    field.onInput();
                    setPassword(event.currentTarget.value);
                  }}
                />
              );
            }}
          </Field>
        </div>
      </Card>
    </form>
  );
}
