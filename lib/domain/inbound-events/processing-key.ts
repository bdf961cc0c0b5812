/** One chat's events are applied one after the other; other chats run beside them. */
export function processingKey({ channelId, chatKey }: { channelId: string; chatKey: string }): string {
  return `${channelId}|${chatKey}`.slice(0, 200);
}
