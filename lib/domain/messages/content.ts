import { z } from "zod";
import type { MediaSource, MessageContent } from "#lib/channel-adapters/contract.ts";
import { storableJson } from "#lib/kernel/text-schema.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import { type MessageDetails, MessageDetails as MessageDetailsSchema, type MessageType } from "./schema.ts";

/** What `messages.content` holds: everything of a message but its words and its file. */
export const StoredContent = z.object({
  details: MessageDetailsSchema.nullable().catch(null),
  viewOnce: z.boolean().catch(false),
  albumId: z.string().nullable().catch(null),
  ad: z
    .object({ title: z.string().nullable(), body: z.string().nullable(), url: z.string().nullable() })
    .nullable()
    .catch(null),
  /** Of a reaction that we send. */
  reaction: z.object({ targetId: z.string(), emoji: z.string().nullable() }).nullable().catch(null),
});
export type StoredContent = z.infer<typeof StoredContent>;

export const NOTHING: StoredContent = {
  details: null,
  viewOnce: false,
  albumId: null,
  ad: null,
  reaction: null,
};

export type ContentColumns = {
  type: MessageType;
  text: string | null;
  details: MessageDetails | null;
  viewOnce: boolean;
  media: MediaSource | null;
};

/** A message as our columns: its words (list, search), its file, and what else there is to show. */
export function contentColumns(content: MessageContent): ContentColumns {
  const columns = { type: content.type, text: plainText(wordsOf(content)), details: detailsOf(content) };
  const media = "media" in content ? content.media : null;
  const viewOnce = "viewOnce" in content && content.viewOnce === true;
  return { ...columns, media, viewOnce };
}

function wordsOf(content: MessageContent): string | undefined {
  switch (content.type) {
    case "text":
    case "interactive":
    case "image":
    case "video":
    case "document":
    case "system":
    case "unsupported":
      return content.text;
    case "location":
      return content.text ?? content.name ?? content.address;
    case "poll":
      return content.question;
    case "contacts":
      return content.contacts.map(({ name }) => name).join(", ");
    case "audio":
    case "voice":
    case "sticker":
      return undefined;
  }
}

function detailsOf(content: MessageContent): MessageDetails | null {
  switch (content.type) {
    case "location":
      return {
        kind: "location",
        latitude: content.latitude,
        longitude: content.longitude,
        name: content.name ?? null,
        address: content.address ?? null,
        live: content.live ?? false,
      };
    case "contacts":
      return {
        kind: "contacts",
        contacts: content.contacts.map(({ name, phones, emails, organization }) => ({
          name,
          phones,
          emails: emails ?? [],
          organization: organization ?? null,
        })),
      };
    case "poll":
      return { kind: "poll", options: content.options, selectableCount: content.selectableCount };
    case "interactive":
      return {
        kind: "interactive",
        form: content.kind,
        title: content.title ?? null,
        footer: content.footer ?? null,
        options: (content.options ?? []).map(({ id, title, description }) => ({
          id,
          title,
          description: description ?? null,
        })),
      };
    case "system":
      return { kind: "system", event: content.event };
    case "unsupported":
      return { kind: "unsupported", reason: content.reason };
    case "video":
      return { kind: "video", gif: content.gif ?? false, round: content.round ?? false };
    case "sticker":
      return { kind: "sticker", animated: content.animated ?? false };
    case "text":
    case "image":
    case "audio":
    case "voice":
    case "document":
      return null;
  }
}

/** PostgreSQL holds no NUL; WhatsApp shows none either. */
function plainText(text: string | undefined): string | null {
  if (text === undefined || text === "") return null;
  return text.replaceAll("\u0000", "");
}

/** As a column value, without what the database cannot hold. */
export function storedContent(content: Partial<StoredContent>): Prisma.InputJsonObject {
  return storableJson({ ...NOTHING, ...content });
}

export function readContent(stored: unknown): StoredContent {
  return StoredContent.safeParse(stored).data ?? NOTHING;
}
