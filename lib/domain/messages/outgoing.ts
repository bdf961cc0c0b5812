import type { Address, OutgoingContent, OutgoingMessage } from "#lib/channel-adapters/contract.ts";
import type { Ctx } from "#lib/domain/context.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { outgoingMedia } from "#lib/domain/media/outgoing-media.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { asId } from "#lib/kernel/ids.ts";
import type { Message } from "#prisma/generated/client.ts";
import { readContent } from "./content.ts";

type Outbound = Message & { media: { id: string } | null };

/** A stored message as the adapter sends it: files read, quotes and targets by the provider's ids. */
export async function outgoingMessage(ctx: Ctx, message: Outbound, to: Address): Promise<OutgoingMessage> {
  const quoted = message.replyToId ? await findMessage(ctx, message.replyToId) : null;
  return {
    to,
    content: await outgoingContent(ctx, message),
    ...(quoted?.externalId && {
      quoted: {
        externalId: quoted.externalId,
        fromMe: quoted.direction === "outbound",
        ...(quoted.text !== null && { text: quoted.text }),
      },
    }),
  };
}

async function outgoingContent(ctx: Ctx, message: Outbound): Promise<OutgoingContent> {
  const { type, text } = message;
  const { details, reaction } = readContent(message.content);
  const file = () => {
    if (!message.media)
      throw new AppError("media_unavailable", { detail: "The file of this message is gone." });
    return outgoingMedia(ctx, asId("media", message.media.id));
  };
  switch (type) {
    case "text":
      return { type, text: text ?? "" };
    case "image":
    case "video":
    case "document":
      return { type, media: await file(), ...(text !== null && { text }) };
    case "audio":
    case "voice":
    case "sticker":
      return { type, media: await file() };
    case "location":
      if (details?.kind !== "location") throw refused(type);
      return {
        type,
        latitude: details.latitude,
        longitude: details.longitude,
        name: details.name ?? "",
        address: details.address ?? "",
      };
    case "contacts":
      if (details?.kind !== "contacts") throw refused(type);
      return {
        type,
        contacts: details.contacts.map(({ name, phones, emails, organization }) => ({
          name,
          phones,
          emails,
          ...(organization && { organization }),
        })),
      };
    case "poll":
      if (details?.kind !== "poll") throw refused(type);
      return {
        type,
        question: text ?? "",
        options: details.options,
        selectableCount: details.selectableCount,
      };
    case "reaction":
      return reactionContent(ctx, reaction);
    case "interactive":
    case "template":
    case "system":
    case "unsupported":
      throw refused(type);
  }
}

async function reactionContent(
  ctx: Ctx,
  reaction: { targetId: string; emoji: string | null } | null,
): Promise<OutgoingContent> {
  const target = reaction ? await findMessage(ctx, reaction.targetId) : null;
  if (!reaction || !target?.externalId)
    throw new AppError("message_refused", { detail: "The message reacted to is not on WhatsApp." });
  return {
    type: "reaction",
    targetExternalId: target.externalId,
    targetFromMe: target.direction === "outbound",
    emoji: reaction.emoji,
  };
}

function findMessage(ctx: Ctx, id: string): Promise<Message | null> {
  return inTransaction(ctx, (tx) => tx.db.message.findUnique({ where: { id } }));
}

function refused(type: string): AppError {
  return new AppError("message_refused", {
    detail: `A message of type ${type} cannot be sent on this channel.`,
  });
}
