import { asId } from "#lib/kernel/ids.ts";
import type { User } from "#prisma/generated/client.ts";
import { THEMES, type UserView } from "./schema.ts";

export function presentUser(user: Pick<User, "id" | "email" | "name" | "locale" | "theme">): UserView {
  return {
    id: asId("user", user.id),
    email: user.email,
    name: user.name,
    locale: user.locale,
    theme: THEMES.find((theme) => theme === user.theme) ?? "system",
  };
}
