import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { LoginForm } from "#components/auth/login-form.tsx";
import { safeNext } from "#components/auth/safe-next.ts";
import { pageUser } from "#lib/auth/page-context.ts";

type Search = Promise<Record<string, string | string[] | undefined>>;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("auth");
  return { title: t("login.title") };
}

export default async function LoginPage({ searchParams }: { searchParams: Search }) {
  const { next, email, registered } = await searchParams;
  const target = safeNext(typeof next === "string" ? next : null);
  if (await pageUser()) redirect(target);
  const t = await getTranslations("auth");
  return (
    <>
      <h1 className="font-semibold text-display">{t("login.title")}</h1>
      <p className="mt-1 mb-6 text-ink-muted">{t("login.lead")}</p>
      <LoginForm
        next={target}
        registered={registered === "1"}
        {...(typeof email === "string" && { email: email.slice(0, 254) })}
      />
    </>
  );
}
