import { signIn as nextAuthSignIn } from "next-auth/react";
import { createApi } from "#lib/browser/api.ts";
import { applyTheme, rememberLocale } from "#lib/browser/preferences.ts";
import type { TenantView } from "#lib/domain/tenants/schema.ts";
import type { UserView } from "#lib/domain/users/schema.ts";
import { AppError, isErrorCode } from "#lib/kernel/errors.ts";

const RETRY_S_DEFAULT = 60;

/** Opens a session; a refusal is an AppError. */
export async function signIn(email: string, password: string): Promise<void> {
  let error: string | null | undefined;
  try {
    const result = await nextAuthSignIn("credentials", { email, password, redirect: false });
    error = result ? result.error : "server_unreachable";
  } catch (cause) {
    throw new AppError("server_unreachable", { cause });
  }
  if (error) throw refusal(error);
}

/** next-auth hands over one word: our code, for `rate_limited` followed by the seconds to wait. */
export function refusal(word: string): AppError {
  const [code, seconds] = word.split(":");
  if (code === "CredentialsSignin") return new AppError("wrong_credentials");
  if (!isErrorCode(code)) return new AppError("internal", { detail: word });
  if (code !== "rate_limited") return new AppError(code);
  return new AppError(code, { retryAfterS: Number(seconds) || RETRY_S_DEFAULT });
}

/** Takes over the person's own language and theme; how the page looks is no reason to fail a log-in. */
export async function takeOverPreferences(): Promise<void> {
  try {
    const { user } = await createApi(null).get<{ user: UserView; tenant: TenantView }>("/me");
    rememberLocale(user.locale);
    applyTheme(user.theme);
  } catch {
    // The cookies of this browser stay as they are.
  }
}
