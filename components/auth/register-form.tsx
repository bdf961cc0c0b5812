"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ErrorNotice } from "#components/shell/error-notice.tsx";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { PasswordInput } from "#components/ui/password-input.tsx";
import { useForm } from "#components/ui/use-form.ts";
import { asAppError, createApi } from "#lib/browser/api.ts";
import { rememberLocale } from "#lib/browser/preferences.ts";
import type { Register, Registered } from "#lib/domain/tenants/schema.ts";
import { Email } from "#lib/domain/users/schema.ts";
import type { AppError } from "#lib/kernel/errors.ts";
import { WaitNotice } from "./login-form.tsx";
import { PasswordMeter } from "./password-meter.tsx";
import { passwordStrength } from "./password-strength.ts";
import { type Country, PlaceField } from "./place-field.tsx";
import { signIn } from "./sign-in.ts";
import { useCountdown } from "./use-countdown.ts";
import { usePlace } from "./use-place.ts";

const NAME_MAX = 120;
const codesOf = (countries: readonly Country[]) => countries.map(({ code }) => code);

export function RegisterForm({
  countries,
  countryOfZone,
}: {
  countries: readonly Country[];
  countryOfZone: Readonly<Record<string, string>>;
}) {
  const t = useTranslations("auth");
  const locale = useLocale();
  const router = useRouter();
  const [codes] = useState(() => codesOf(countries));
  const [place, setPlace] = usePlace(countryOfZone, codes);
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<AppError | null>(null);
  const [leaving, setLeaving] = useState(false);
  const { secondsLeft, start } = useCountdown();

  const personalOf = (values: Record<string, string>) =>
    [values.email, values.name, values.businessName].filter((text) => text !== undefined);
  const form = useForm({
    businessName: (value) => (value.trim() === "" ? t("errors.businessName") : undefined),
    name: (value) => (value.trim() === "" ? t("errors.name") : undefined),
    email: (value) => (Email.safeParse(value.trim()).success ? undefined : t("errors.email")),
    password: (value, values) => {
      const strength = passwordStrength(value, personalOf(values));
      if (strength === "short") return t("errors.passwordShort");
      return strength === "easy" ? t("errors.passwordEasy") : undefined;
    },
  });
  const [personal, setPersonal] = useState<string[]>([]);

  const onSubmit = form.submit(async (values) => {
    if (secondsLeft > 0) return;
    setFailure(null);
    const input: Register = {
      businessName: values.businessName.trim(),
      name: values.name.trim(),
      email: values.email.trim(),
      password: values.password,
      locale,
      ...(place && { timeZone: place.timeZone }),
      ...(place?.country && { country: place.country }),
    };
    let registered: Registered;
    try {
      registered = await createApi(null).post<Registered>("/register", input);
    } catch (error) {
      refuse(asAppError(error));
      return;
    }
    setLeaving(true);
    rememberLocale(locale);
    router.replace(await firstPage(registered, values.password));
    router.refresh();
  });

  function refuse(error: AppError) {
    if (error.code === "weak_password" && form.reject({ password: t("errors.passwordEasy") })) return;
    if (error.code === "invalid_input" && form.reject(fieldErrors(error))) return;
    setFailure(error);
    // The sentence has a link, so it stands in place of the plain one.
    if (error.code === "email_taken") form.reject({ email: t("errors.emailTaken") });
    if (error.retryAfterS) start(error.retryAfterS);
  }

  function fieldErrors(error: AppError): Record<string, string> {
    return Object.fromEntries(error.fields.map(({ path }) => [path, t("errors.invalid")]));
  }

  const emailTaken = failure?.code === "email_taken" && form.errorOf("email") !== undefined;
  return (
    <form ref={form.ref} noValidate onSubmit={onSubmit} className="flex flex-col gap-4">
      {failure?.code === "rate_limited" && <WaitNotice secondsLeft={secondsLeft} />}
      {failure && failure.code !== "rate_limited" && failure.code !== "email_taken" && (
        <ErrorNotice error={failure} />
      )}
      <Field
        label={t("register.businessName")}
        hint={t("register.businessHint")}
        error={form.errorOf("businessName")}
      >
        {(control) => (
          <Input
            {...control}
            {...form.field("businessName")}
            autoComplete="organization"
            maxLength={NAME_MAX}
          />
        )}
      </Field>
      <Field label={t("register.name")} error={form.errorOf("name")}>
        {(control) => <Input {...control} {...form.field("name")} autoComplete="name" maxLength={NAME_MAX} />}
      </Field>
      <Field
        label={t("email")}
        error={emailTaken ? <EmailTaken email={() => emailIn(form.ref.current)} /> : form.errorOf("email")}
      >
        {(control) => (
          <Input
            {...control}
            {...form.field("email")}
            type="email"
            inputMode="email"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <Field
        label={t("password.label")}
        hint={<PasswordMeter password={password} personal={personal} />}
        error={form.errorOf("password")}
      >
        {(control) => {
          const field = form.field("password");
          return (
            <PasswordInput
              {...control}
              {...field}
              autoComplete="new-password"
              onInput={(event) => {
                field.onInput();
                setPassword(event.currentTarget.value);
                setPersonal(personalIn(form.ref.current));
              }}
            />
          );
        }}
      </Field>
      <PlaceField place={place} countries={countries} onChange={setPlace} />
      <Button
        type="submit"
        variant="primary"
        size="lg"
        pending={form.pending || leaving}
        disabled={secondsLeft > 0}
      >
        {t("register.submit")}
      </Button>
      <p className="text-center text-ink-muted">
        {t("register.haveAccount")}{" "}
        <Button variant="link" size="inline" asChild>
          <Link href="/login">{t("register.login")}</Link>
        </Button>
      </p>
    </form>
  );
}

/** The QR code of the first channel; without a session (the account exists all the same) the log-in. */
async function firstPage({ tenant, user, channel }: Registered, password: string): Promise<string> {
  const path = `/${tenant.slug}/settings/channels/${channel.id}`;
  try {
    await signIn(user.email, password);
    return path;
  } catch {
    return `/login?${new URLSearchParams({ registered: "1", email: user.email, next: path })}`;
  }
}

function EmailTaken({ email }: { email: () => string }): ReactNode {
  const t = useTranslations("auth.errors");
  return t.rich("emailTakenLink", {
    link: (words) => (
      <Link
        className="font-medium underline underline-offset-2"
        href={`/login?${new URLSearchParams({ email: email() })}`}
      >
        {words}
      </Link>
    ),
  });
}

function textOf(form: HTMLFormElement | null, name: string): string {
  const value = form ? new FormData(form).get(name) : null;
  return typeof value === "string" ? value : "";
}

function emailIn(form: HTMLFormElement | null): string {
  return textOf(form, "email").trim();
}

function personalIn(form: HTMLFormElement | null): string[] {
  return ["email", "name", "businessName"].map((name) => textOf(form, name));
}
