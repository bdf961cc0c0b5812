/**
 * What the person at the terminal sees. A step shorter than a second says nothing; a longer one says
 * that it runs, and how long it took.
 */
const QUIET_MS = 1_000;
const REMINDER_MS = 10_000;

export function say(line: string): void {
  console.log(line);
}

export function complain(line: string): void {
  console.error(line);
}

export async function step<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = Date.now();
  const seconds = () => ((Date.now() - startedAt) / 1000).toFixed(0);
  let announced = false;
  const first = setTimeout(() => {
    announced = true;
    say(`${what} …`);
  }, QUIET_MS);
  const reminder = setInterval(() => say(`${what} … ${seconds()} s`), REMINDER_MS);
  try {
    const result = await work();
    if (announced) say(`${what}: done in ${seconds()} s`);
    return result;
  } finally {
    clearTimeout(first);
    clearInterval(reminder);
  }
}

/** Something the person can mend: printed as lines, without a stack. */
export class StartProblem extends Error {
  readonly lines: string[];
  constructor(...lines: string[]) {
    super(lines.join("\n"));
    this.name = "StartProblem";
    this.lines = lines;
  }
}

export function explain(error: unknown): string {
  if (error instanceof StartProblem) return error.lines.join("\n");
  if (error instanceof Error && error.name === "EnvError") return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
