import { z } from "zod";

/** What contact_merges keeps of a merge, enough to take it back. */

const Names = {
  name: z.string().nullable(),
  profileName: z.string().nullable(),
  phone: z.string().nullable(),
  pictureUrl: z.string().nullable(),
  pictureHash: z.string().nullable(),
  pictureType: z.string().nullable(),
};

/** The contact that is gone, as it was. */
export const MergedContact = z.object({
  id: z.string(),
  kind: z.enum(["person", "group"]),
  ...Names,
  createdAt: z.iso.datetime(),
});
export type MergedContact = z.infer<typeof MergedContact>;

const MovedConversation = z.object({
  id: z.string(),
  channelId: z.string(),
  /** The survivor's conversation that took it in; null when it moved as it was. */
  intoId: z.string().nullable(),
  status: z.enum(["open", "closed"]),
  addressKind: z.enum(["phone", "lid", "user", "group"]),
  addressValue: z.string(),
  allowed: z.boolean(),
  createdAt: z.iso.datetime(),
  messageIds: z.array(z.string()),
  gapIds: z.array(z.string()),
});
export type MovedConversation = z.infer<typeof MovedConversation>;

export const Moved = z.object({
  identityIds: z.array(z.string()),
  conversations: z.array(MovedConversation),
  /** Former merges into the contact that is gone now count as the survivor's. */
  mergeIds: z.array(z.string()),
  /** The survivor before it took over what it lacked. */
  survivorBefore: z.object(Names),
});
export type Moved = z.infer<typeof Moved>;

export const MERGE_REASONS = ["shared_address", "member"] as const;
export type MergeReason = (typeof MERGE_REASONS)[number];
