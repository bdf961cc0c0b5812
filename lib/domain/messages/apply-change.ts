import type { Address, ChannelEvent } from "#lib/channel-adapters/contract.ts";
import { enqueue, type Tx } from "#lib/domain/context.ts";
import { refreshLastMessage } from "#lib/domain/threads/record-message.ts";
import { asId, newId } from "#lib/kernel/ids.ts";
import type { Message } from "#prisma/generated/client.ts";
import { contentColumns } from "./content.ts";
import { ME, THEM } from "./present.ts";
import { lockByExternalId } from "./queries.ts";
import { type HeldEvent, holdEvent } from "./record-held-event.ts";

type Change = Extract<ChannelEvent, { type: "edit" | "deletion" | "reaction" }>;
type HeldChange = Extract<HeldEvent, { type: Change["type"] }>;

/** An edit, deletion or reaction from WhatsApp; one that comes before its message waits for it. */
export async function applyChange(tx: Tx, channelId: string, change: Change): Promise<string | null> {
  const externalId = change.type === "reaction" ? change.targetExternalId : change.externalId;
  const message = await lockByExternalId(tx, channelId, externalId);
  const held = await asHeld(tx, change);
  if (message) await changeMessage(tx, message, held);
  else await holdEvent(tx, channelId, externalId, held);
  return message?.id ?? null;
}

async function asHeld(tx: Tx, change: Change): Promise<HeldChange> {
  switch (change.type) {
    case "edit":
      return { type: "edit", text: contentColumns(change.content).text, at: change.at };
    case "deletion":
      return { type: "deletion", at: change.at };
    case "reaction": {
      const author = change.author ?? change.chat[0];
      return {
        type: "reaction",
        author: authorKey(change),
        authorName: change.fromMe || !author ? null : await nameOf(tx, author),
        emoji: change.emoji,
        at: change.at,
      };
    }
  }
}

/** Outside groups there is one other person, whichever of their addresses WhatsApp used this time. */
function authorKey({ fromMe, author }: Extract<Change, { type: "reaction" }>): string {
  if (fromMe) return ME;
  return author ? `${author.kind}:${author.id}` : THEM;
}

async function nameOf(tx: Tx, { kind, id }: Address): Promise<string | null> {
  const select = { contact: { select: { name: true, profileName: true } } } as const;
  const identity = await tx.db.contactIdentity.findFirst({ where: { kind, value: id }, select });
  return identity?.contact.name ?? identity?.contact.profileName ?? null;
}

/** Applies one change to a message whose conversation is locked. The newest of two wins, whatever came first. */
export async function changeMessage(tx: Tx, message: Message, change: HeldChange): Promise<void> {
  switch (change.type) {
    case "edit":
      return edit(tx, message, change.text, change.at);
    case "deletion":
      return remove(tx, message, change.at);
    case "reaction":
      return react(tx, message, change);
  }
}

async function edit(tx: Tx, message: Message, text: string | null, at: Date): Promise<void> {
  const old = message.deletedAt !== null || (message.editedAt !== null && message.editedAt >= at);
  if (old) return;
  if (message.text !== text) await keepVersion(tx, message, at);
  await tx.db.message.update({
    where: { id: message.id },
    data: { text, editedAt: at, pendingText: null, changeError: null },
  });
  await refreshLastMessage(tx, { ...message, text });
}

async function remove(tx: Tx, message: Message, at: Date): Promise<void> {
  if (message.deletedAt !== null) return;
  await keepVersion(tx, message, at);
  const data = { deletedAt: at, pendingDelete: false, pendingText: null, changeError: null };
  await tx.db.message.update({ where: { id: message.id }, data });
  await refreshLastMessage(tx, { ...message, deletedAt: at });
}

/** The original stays for owners and admins. */
async function keepVersion(tx: Tx, message: Message, until: Date): Promise<void> {
  const content = message.content ?? {};
  await tx.db.messageVersion.create({
    data: { id: newId("messageVersion"), messageId: message.id, text: message.text, content, until },
  });
}

async function react(
  tx: Tx,
  message: Message,
  change: Extract<HeldChange, { type: "reaction" }>,
): Promise<void> {
  const key = { tenantId: tx.tenantId, messageId: message.id, author: change.author };
  const where = { tenantId_messageId_author: key };
  const present = await tx.db.reaction.findUnique({ where });
  if (present && present.at > change.at) return;
  // An empty emoji stays as a row: a slower, older reaction must not come back to life.
  const data = { emoji: change.emoji ?? "", authorName: change.authorName, at: change.at };
  await tx.db.reaction.upsert({
    where,
    update: data,
    create: { id: newId("reaction"), messageId: message.id, author: change.author, ...data },
  });
  await refreshLastMessage(tx, message);
}

/** A member edits: WhatsApp is told by a job, and the new words count once it took them. */
export function queueChange(tx: Tx, message: Pick<Message, "id" | "conversationId">): void {
  enqueue(tx, "change-message", { messageId: asId("message", message.id) }, { key: message.conversationId });
}
