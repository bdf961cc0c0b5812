/** Waits for a condition, asking again as fast as it answers; names it when it never comes. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  limitMs = 8000,
): Promise<NonNullable<T>> {
  const limit = performance.now() + limitMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > limit) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
