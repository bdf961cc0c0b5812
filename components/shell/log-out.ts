import { AppError } from "#lib/kernel/errors.ts";

/** Ends the session and leaves with a whole page load, so that nothing stays in memory. */
export async function logOut(): Promise<void> {
  const { signOut } = await import("next-auth/react");
  try {
    await signOut({ redirect: false });
  } catch (cause) {
    throw new AppError("server_unreachable", { cause });
  }
  window.location.assign("/login");
}
