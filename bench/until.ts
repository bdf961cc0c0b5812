import { setTimeout as delay } from "node:timers/promises";

/** Asks every few milliseconds until there is an answer. */
export async function until<T>(what: string, ask: () => Promise<T | null>, limitMs = 60_000): Promise<T> {
  const limit = Date.now() + limitMs;
  while (Date.now() < limit) {
    const answer = await ask();
    if (answer !== null) return answer;
    await delay(10);
  }
  throw new Error(`never came: ${what}`);
}
