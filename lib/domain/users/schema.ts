import { z } from "zod";
import { LOCALES } from "#lib/i18n/locales.ts";
import { idSchema } from "#lib/kernel/id-schema.ts";
import { storableText } from "#lib/kernel/text-schema.ts";

export const PersonName = storableText().trim().min(1).max(120);
export const Email = z
  .email()
  .max(254)
  .transform((email) => email.trim().toLowerCase());
/** Length here; common passwords are refused by the domain (`weak_password`). */
export const Password = z.string().min(10).max(200);

export const ChangePassword = z.strictObject({
  currentPassword: z.string().min(1).max(200),
  newPassword: Password,
});
export type ChangePassword = z.infer<typeof ChangePassword>;

export const THEMES = ["system", "light", "dark"] as const;
export const UpdateProfile = z.strictObject({
  name: PersonName.optional(),
  locale: z.enum(LOCALES).optional(),
  theme: z.enum(THEMES).optional(),
});
export type UpdateProfile = z.infer<typeof UpdateProfile>;

export const UserView = z.object({
  id: idSchema("user"),
  email: z.string(),
  name: z.string(),
  locale: z.string(),
  theme: z.enum(THEMES),
});
export type UserView = z.infer<typeof UserView>;
