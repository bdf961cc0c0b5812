"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useLocale } from "next-intl";
import { applyTheme, rememberLocale } from "#lib/browser/preferences.ts";
import { useApi, useWorkspace } from "#lib/browser/workspace.tsx";
import type { ChangePassword, UpdateProfile } from "#lib/domain/users/schema.ts";

/** Saves what changed of the profile and shows it everywhere. */
export function useUpdateProfile() {
  const api = useApi();
  const router = useRouter();
  return useMutation({
    mutationFn: (input: UpdateProfile) => api.patch<unknown>("/me", input),
    onSuccess: (_, { locale, theme }) => {
      if (locale) rememberLocale(locale);
      if (theme) applyTheme(theme);
      router.refresh();
    },
  });
}

/** The same at once, from the menu; put back when it could not be saved. */
export function useChangePreferences() {
  const api = useApi();
  const router = useRouter();
  const locale = useLocale();
  const { user } = useWorkspace();
  const show = (preferences: Pick<UpdateProfile, "locale" | "theme">) => {
    if (preferences.theme) applyTheme(preferences.theme);
    if (preferences.locale) rememberLocale(preferences.locale);
    router.refresh();
  };
  return useMutation({
    mutationFn: (input: Pick<UpdateProfile, "locale" | "theme">) => api.patch<unknown>("/me", input),
    onMutate: show,
    onSuccess: () => router.refresh(),
    onError: (_, input) =>
      show({ ...(input.theme && { theme: user.theme }), ...(input.locale && { locale }) }),
  });
}

export function useChangePassword() {
  const api = useApi();
  return useMutation({ mutationFn: (input: ChangePassword) => api.post("/me/password", input) });
}
