import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { PasswordForm } from "#components/members/password-form.tsx";
import { ProfileForm } from "#components/members/profile-form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("settings.nav");
  return { title: t("profile") };
}

export default function ProfilePage() {
  const t = useTranslations("settings.profile");
  return (
    <div className="flex flex-col gap-5">
      <header>
        <h1 className="font-semibold text-display">{t("heading")}</h1>
        <p className="mt-1 text-ink-muted">{t("lead")}</p>
      </header>
      <ProfileForm />
      <PasswordForm />
    </div>
  );
}
