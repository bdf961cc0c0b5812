import type { MessageContent } from "#lib/channel-adapters/contract.ts";
import type { Prisma } from "#prisma/generated/client.ts";
import type { MessageType } from "./schema.ts";

type Columns = { type: MessageType; text: string | null; content: Prisma.InputJsonObject };

/** A message's content as its columns: the words apart (list, search), the rest as data. */
export function contentColumns(message: MessageContent): Columns {
  const { type, ...rest } = message;
  const { text, ...data } = { text: undefined, ...rest };
  const columns: Columns = { type, text: plainText(text ?? wordsOf(message)), content: asJson(data) };
  return columns;
}

function wordsOf(message: MessageContent): string | undefined {
  switch (message.type) {
    case "poll":
      return message.question;
    case "contacts":
      return message.contacts.map(({ name }) => name).join(", ");
    case "location":
      return message.name ?? message.address;
    case "document":
      return message.media.fileName;
    default:
      return undefined;
  }
}

/** PostgreSQL holds no NUL; WhatsApp shows none either. */
function plainText(text: string | undefined): string | null {
  if (text === undefined || text === "") return null;
  return text.replaceAll("\u0000", "");
}

function asJson(data: object): Prisma.InputJsonObject {
  const text = JSON.stringify(data).replaceAll("\\u0000", "");
  return JSON.parse(text);
}
