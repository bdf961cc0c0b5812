import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

/**
 * An unexpected console.error or console.warn fails the test. One that belongs to the test is
 * announced: `expectConsoleError(/not found/)`; it must then also happen.
 */
type Announced = { pattern: RegExp; seen: boolean };

let announced: Announced[] = [];
let unexpected: string[] = [];
let spies: MockInstance[] = [];

export function expectConsoleError(pattern: RegExp): void {
  announced.push({ pattern, seen: false });
}

export function watchConsole(): void {
  beforeEach(() => {
    announced = [];
    unexpected = [];
    spies = [vi.spyOn(console, "error"), vi.spyOn(console, "warn")];
    for (const spy of spies) spy.mockImplementation((...values: unknown[]) => take(values));
  });
  afterEach(() => {
    for (const spy of spies) spy.mockRestore();
    expect(unexpected, "unexpected console.error or console.warn").toEqual([]);
    const missing = announced.filter(({ seen }) => !seen).map(({ pattern }) => String(pattern));
    expect(missing, "announced console.error that did not happen").toEqual([]);
  });
}

function take(values: unknown[]) {
  const text = values
    .map((value) => (value instanceof Error ? (value.stack ?? value.message) : String(value)))
    .join(" ");
  const match = announced.find(({ pattern }) => pattern.test(text));
  if (match) match.seen = true;
  else unexpected.push(text);
}
