import type { MediaSource, MessageContent } from "#lib/channel-adapters/contract.ts";
import type { Message } from "#prisma/generated/client.ts";
import { contentColumns, readContent } from "./content.ts";
import type { MessageDetails } from "./schema.ts";

/** A message of ours with its file, as far as it tells files apart. */
export type OwnMessage = Pick<Message, "type" | "text"> & {
  content: unknown;
  media: { fileName: string | null; sizeBytes: number | null } | null;
};

/** What is read with a message to compare it. */
export const COMPARED_WITH = { media: { select: { fileName: true, sizeBytes: true } } } as const;

/**
 * Whether what the gateway has can be this message of ours. Words must be exactly as sent; of files only
 * what the gateway leaves alone: it makes images JPEG, voice notes Opus and stickers WebP (evolution
 * CONTRACT 7, 9.4).
 */
export function sameContent(ours: OwnMessage, theirs: MessageContent): boolean {
  const columns = contentColumns(theirs);
  if (ours.type !== columns.type) return false;
  switch (theirs.type) {
    case "location":
    case "contacts":
    case "poll":
      return sameWords(ours, columns.text) && sameDetails(readContent(ours.content).details, columns.details);
    case "document":
      return ours.text === columns.text && sameFile(ours.media, theirs.media);
    default:
      return ours.text === columns.text;
  }
}

/** A place's words are its name or its address, whichever there is; its details tell it better. */
function sameWords({ type, text }: OwnMessage, words: string | null): boolean {
  return type === "location" || text === words;
}

function sameDetails(ours: MessageDetails | null, theirs: MessageDetails | null): boolean {
  if (ours?.kind === "location" && theirs?.kind === "location")
    return near(ours.latitude, theirs.latitude) && near(ours.longitude, theirs.longitude);
  if (ours?.kind === "contacts" && theirs?.kind === "contacts")
    return (
      ours.contacts.map(({ name }) => name).join("\n") === theirs.contacts.map(({ name }) => name).join("\n")
    );
  if (ours?.kind === "poll" && theirs?.kind === "poll")
    return ours.options.join("\n") === theirs.options.join("\n");
  return ours === null && theirs === null;
}

/** About a metre. */
function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-5;
}

/** What either side does not tell does not speak against it. */
function sameFile(ours: OwnMessage["media"], theirs: MediaSource): boolean {
  if (!ours) return true;
  const differs = <T>(a: T | null | undefined, b: T | null | undefined) => a != null && b != null && a !== b;
  return !differs(ours.fileName, theirs.fileName) && !differs(ours.sizeBytes, theirs.sizeBytes);
}
