import { z } from "zod";
import { idSchema } from "#lib/kernel/id-schema.ts";

export const ContactView = z.object({
  id: idSchema("contact"),
  kind: z.enum(["person", "group"]),
  /** The name the business gave. */
  name: z.string().nullable(),
  /** The name the person gave on WhatsApp: shown with ~. */
  profileName: z.string().nullable(),
  /** E.164 or null: a person may have no phone. */
  phone: z.string().nullable(),
  pictureUrl: z.string().nullable(),
});
export type ContactView = z.infer<typeof ContactView>;
