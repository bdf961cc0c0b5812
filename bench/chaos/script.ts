import { type Faults, NO_FAULTS } from "#lib/channel-adapters/sandbox/control-schema.ts";
import { type Random, seeded } from "./random.ts";

/** Everything that will happen, drawn from the seed before the start. Times in milliseconds from it. */
export type Script = { chats: ChatScript[]; strikes: Strike[]; durationMs: number };

export type ChatScript = { phone: string; customer: Line[]; business: Line[]; readsAtMs: number[] };
export type Line = { atMs: number; text: string };

export const KILLED_PARTS = ["web", "worker", "realtime", "sandbox", "database"] as const;
export type KilledPart = (typeof KILLED_PARTS)[number];

/** `fault` and `cut` end after `forMs`. */
export type Strike = { atMs: number } & (
  | { kind: "kill"; part: KilledPart }
  | { kind: "fault"; fault: Partial<Faults>; forMs: number }
  | { kind: "cut"; forMs: number }
);

export type ScriptOptions = {
  seed: number;
  /** Each way. */
  messages: number;
  chats: number;
  durationMs: number;
  /** Also what takes minutes to heal: lost webhooks and sends whose answer never comes. */
  withSlowFaults: boolean;
};

const STRIKE_EVERY_MS = 2000;

/** Words that come again and again, as they do in life: which "ok" is which must not matter. */
const REPEATED = ["ok", "sí", "gracias", "👍"];

export function writeScript(options: ScriptOptions): Script {
  const random = seeded(options.seed);
  const chats = Array.from({ length: options.chats }, (_, index) => ({
    // None of the practice gateway's numbers with a part of their own.
    phone: `519${10_001_001 + index}`,
    customer: [] as Line[],
    business: [] as Line[],
    readsAtMs: [] as number[],
  }));
  for (const side of ["customer", "business"] as const)
    for (const atMs of moments(random, options.messages, options.durationMs)) {
      const lines = random.pick(chats)[side];
      lines.push({ atMs, text: random.next() < 0.1 ? random.pick(REPEATED) : `${side} ${lines.length + 1}` });
    }
  for (const chat of chats) chat.readsAtMs = moments(random, 3, options.durationMs);
  return { chats, strikes: strikes(random, options), durationMs: options.durationMs };
}

function moments(random: Random, count: number, durationMs: number): number[] {
  return Array.from({ length: count }, () => random.between(0, durationMs)).sort((a, b) => a - b);
}

function strikes(random: Random, { durationMs, withSlowFaults }: ScriptOptions): Strike[] {
  const drawn: Strike[] = [];
  for (let atMs = STRIKE_EVERY_MS; atMs < durationMs; atMs += STRIKE_EVERY_MS)
    drawn.push({ atMs, ...strike(random, withSlowFaults) });
  return drawn;
}

type Drawn = Strike extends infer S ? (S extends Strike ? Omit<S, "atMs"> : never) : never;

function strike(random: Random, withSlowFaults: boolean): Drawn {
  const draw = random.next();
  if (draw < 0.6) return { kind: "kill", part: random.pick(KILLED_PARTS) };
  const forMs = Math.round(random.between(1000, 5000));
  if (draw < 0.7) return { kind: "cut", forMs };
  const faults: Partial<Faults>[] = [
    { sendErrorRate: 0.3 },
    { latencyMs: Math.round(random.between(200, 1500)) },
    { duplicateRate: 0.5 },
    { reorderRate: 0.5 },
    { down: true },
    ...(withSlowFaults ? [{ dropRate: 0.1 }, { sendTimeoutRate: 0.1 }] : []),
  ];
  return { kind: "fault", fault: random.pick(faults), forMs };
}

/** What puts a fault back as it was. */
export function withoutFault(fault: Partial<Faults>): Partial<Faults> {
  return Object.fromEntries(Object.keys(fault).map((name) => [name, NO_FAULTS[name as keyof Faults]]));
}
