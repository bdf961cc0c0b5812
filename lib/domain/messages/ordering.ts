/**
 * WhatsApp's times have whole seconds, and webhooks overtake each other. Messages sort by WhatsApp's
 * second; inside it by arrival, which is why the arrival time is clamped into that second.
 */
export function orderedAt(sentAt: Date, receivedAt: Date): Date {
  const second = Math.floor(sentAt.getTime() / 1000) * 1000;
  const isWhole = sentAt.getTime() === second;
  if (!isWhole) return sentAt;
  return new Date(Math.min(Math.max(receivedAt.getTime(), second), second + 999));
}
