/** The ones people react with, by what they say. */
export const EMOJI_GROUPS = {
  faces: ["😀", "😁", "😅", "🤣", "😊", "😍", "😘", "😎", "🤔", "🙄", "😴", "😭", "😡", "🤯", "🥳", "😇"],
  hands: ["👍", "👎", "👌", "✌️", "🤞", "👏", "🙌", "🙏", "💪", "👋", "🤝", "👀"],
  hearts: ["❤️", "🧡", "💛", "💚", "💙", "💜", "🖤", "💔", "💯", "🔥", "✨", "⭐"],
  things: ["🎉", "🎁", "🎂", "🌹", "☕", "🍕", "🚗", "📦", "📍", "📞", "💰", "💳"],
  signs: ["✅", "❌", "❗", "❓", "⏰", "📌", "🆗", "🚀"],
} as const;

export type EmojiGroup = keyof typeof EMOJI_GROUPS;
export const EMOJI_GROUP_NAMES: readonly EmojiGroup[] = ["faces", "hands", "hearts", "things", "signs"];
