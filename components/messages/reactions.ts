import type { MessageView } from "#lib/domain/messages/schema.ts";

type Reactions = MessageView["reactions"];

/** WhatsApp's own six. */
export const QUICK_REACTIONS = ["👍", "❤️", "😂", "😮", "😢", "🙏"] as const;

export type ReactionGroup = { emoji: string; count: number; mine: boolean; names: string[] };

/** The same emoji once, in the order in which they came. */
export function groupReactions(reactions: Reactions): ReactionGroup[] {
  const groups = new Map<string, ReactionGroup>();
  for (const { emoji, fromMe, name } of reactions) {
    const group = groups.get(emoji) ?? { emoji, count: 0, mine: false, names: [] };
    groups.set(emoji, group);
    group.count += 1;
    group.mine ||= fromMe;
    if (name) group.names.push(name);
  }
  return [...groups.values()];
}

/** The business has one reaction per message: the new one takes the place of the old. */
export function toggledReactions(reactions: Reactions, emoji: string | null): Reactions {
  const others = reactions.filter(({ fromMe }) => !fromMe);
  return emoji === null ? others : [...others, { emoji, fromMe: true, name: null }];
}

export function ownReaction(reactions: Reactions): string | null {
  return reactions.find(({ fromMe }) => fromMe)?.emoji ?? null;
}
