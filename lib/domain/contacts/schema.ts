import type { ContactId } from "#lib/kernel/ids.ts";

export type ContactView = {
  id: ContactId;
  kind: "person" | "group";
  /** The name the business gave. */
  name: string | null;
  /** The name the person gave on WhatsApp: shown with ~. */
  profileName: string | null;
  /** E.164 or null: a person may have no phone. */
  phone: string | null;
  pictureUrl: string | null;
};
