import { z } from "zod";
import { idSchema, Moment } from "#lib/kernel/id-schema.ts";
import { PageQuery } from "#lib/kernel/page-schema.ts";
import { storableText } from "#lib/kernel/text-schema.ts";
import { MERGE_REASONS } from "./merge-record.ts";

export const ContactView = z.object({
  id: idSchema("contact"),
  kind: z.enum(["person", "group"]),
  /** The name the business gave. */
  name: z.string().nullable(),
  /** The name the person gave on WhatsApp: shown with ~. A group's own name. */
  profileName: z.string().nullable(),
  /** E.164 or null: a person may have no phone. */
  phone: z.string().nullable(),
  /** A path of this API. */
  pictureUrl: z.string().nullable(),
});
export type ContactView = z.infer<typeof ContactView>;

/** `q` searches names and digits of the phone, in any spelling of its last eight. */
export const ListContacts = z.strictObject({
  ...PageQuery.shape,
  q: storableText().trim().max(100).optional(),
});
export type ListContacts = z.infer<typeof ListContacts>;

/** Null or blank: the business has no name for the contact any more. */
export const UpdateContact = z.strictObject({ name: storableText().trim().max(120).nullable() });
export type UpdateContact = z.infer<typeof UpdateContact>;

export const MergeContact = z.strictObject({ contactId: idSchema("contact") });
export type MergeContact = z.infer<typeof MergeContact>;

/** `merged` is the contact that is gone, or is there again when `undoneAt` is set. */
export const ContactMergeView = z.object({
  id: idSchema("merge"),
  contactId: idSchema("contact"),
  merged: ContactView.omit({ pictureUrl: true }),
  reason: z.enum(MERGE_REASONS),
  at: Moment,
  undoneAt: Moment.nullable(),
});
export type ContactMergeView = z.infer<typeof ContactMergeView>;

export const ListGroups = z.strictObject({ ...PageQuery.shape, channelId: idSchema("channel") });
export type ListGroups = z.infer<typeof ListGroups>;

export const UpdateGroup = z.strictObject({ allowed: z.boolean() });
export type UpdateGroup = z.infer<typeof UpdateGroup>;
