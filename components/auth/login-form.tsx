"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorNotice } from "#components/shell/error-notice.tsx";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { asAppError } from "#lib/browser/api.ts";
import { Email } from "#lib/domain/users/schema.ts";
import type { AppError } from "#lib/kernel/errors.ts";
import { safeNext } from "./safe-next.ts";
import { signIn, takeOverPreferences } from "./sign-in.ts";
import { useCountdown } from "./use-countdown.ts";

export function LoginForm({
  next,
  email,
  registered,
}: {
  next?: string;
  email?: string;
  registered: boolean;
}) {
  const t = useTranslations("auth");
  const router = useRouter();
  const [failure, setFailure] = useState<AppError | null>(null);
  const [leaving, setLeaving] = useState(false);
  const { secondsLeft, start } = useCountdown();
  const form = useForm({
    email: (value) => (Email.safeParse(value.trim()).success ? undefined : t("errors.email")),
    password: (value) => (value === "" ? t("errors.passwordMissing") : undefined),
  });

  const onSubmit = form.submit(async ({ email, password }) => {
    if (secondsLeft > 0) return;
    setFailure(null);
    try {
      await signIn(email.trim(), password);
    } catch (error) {
      const refused = asAppError(error);
      setFailure(refused);
      if (refused.retryAfterS) start(refused.retryAfterS);
      return;
    }
    setLeaving(true);
    await takeOverPreferences();
    router.replace(safeNext(next));
    router.refresh();
  });

  return (
    <form ref={form.ref} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
      {registered && !failure && <Banner tone="success">{t("login.registered")}</Banner>}
      <LoginFailure error={failure} secondsLeft={secondsLeft} />
      <Field label={t("email")} error={form.errorOf("email")}>
        {(control) => (
          <Input
            {...control}
            {...form.field("email")}
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            defaultValue={email}
          />
        )}
      </Field>
      <Field label={t("password.label")} error={form.errorOf("password")}>
        {(control) => (
          <PasswordInput {...control} {...form.field("password")} autoComplete="current-password" />
        )}
      </Field>
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={form.pending || leaving}
        disabled={secondsLeft > 0}
      >
        {t("login.submit")}
      </Button>
      <p className="text-center text-ink-muted">
        {t("login.noAccount")}{" "}
        <Button variant="link" size="inline" asChild>
          <Link href="/register">{t("login.register")}</Link>
        </Button>
      </p>
    </form>
  );
}

function LoginFailure({ error, secondsLeft }: { error: AppError | null; secondsLeft: number }) {
  const t = useTranslations("auth");
  if (!error) return null;
  if (error.code === "wrong_credentials") {
    return (
      <Banner tone="danger" title={t("login.wrongTitle")}>
        {t("login.wrongDetail")}
      </Banner>
    );
  }
  if (error.code !== "rate_limited") return <ErrorNotice error={error} />;
  return <WaitNotice secondsLeft={secondsLeft} />;
}

/** Announced once; the seconds count down in silence. */
export function WaitNotice({ secondsLeft }: { secondsLeft: number }) {
  const t = useTranslations("auth");
  return (
    <Banner tone="warning" title={t("wait.title")}>
      <span aria-live="off">
        {secondsLeft > 0 ? t("wait.seconds", { seconds: secondsLeft }) : t("wait.over")}
      </span>
    </Banner>
  );
}
