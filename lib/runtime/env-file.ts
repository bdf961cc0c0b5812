import { existsSync, readFileSync } from "node:fs";
import { StartProblem } from "./progress.ts";

/**
 * Loads `.env` when it is there; what the environment already has stays. Node skips lines it does not
 * understand without a word, so they are looked for here first.
 */
export function loadEnvFile(file: string): void {
  if (!existsSync(file)) return;
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new StartProblem(`${file} cannot be read (${error instanceof Error ? error.message : error}).`);
  }
  const problems = envFileProblems(text);
  if (problems.length > 0) throw new StartProblem(...problems.map((problem) => `.env ${problem}`));
  process.loadEnvFile(file);
}

const ASSIGNMENT = /^\s*(?:export\s+)?[A-Za-z_][A-Za-z0-9_]*\s*=\s*(.*)$/;

/** One line per mistake, with its line number. */
export function envFileProblems(text: string): string[] {
  const problems: string[] = [];
  let open: { quote: string; line: number } | undefined;
  for (const [index, line] of text
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    if (open) {
      if (line.includes(open.quote)) open = undefined;
      continue;
    }
    if (/^\s*(#.*)?$/.test(line)) continue;
    const value = ASSIGNMENT.exec(line)?.[1];
    if (value === undefined) {
      problems.push(`line ${index + 1} is not NAME=value. Mend it, or put # in front.`);
      continue;
    }
    const quote = /^["'`]/.exec(value)?.[0];
    if (quote && !value.slice(1).includes(quote)) open = { quote, line: index + 1 };
  }
  if (open) problems.push(`line ${open.line} opens a quote (${open.quote}) that is never closed.`);
  return problems;
}
