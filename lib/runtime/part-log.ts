import { createWriteStream } from "node:fs";
import { mkdir, rename, stat } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { z } from "zod";
import { complain } from "./progress.ts";

/**
 * A part's output goes to `<data>/logs/<part>.log` whole; the terminal shows only what a person should
 * know of: warnings, errors, and whatever is no log line (a crash).
 */
const LOG_BYTES_MAX = 20 * 1024 * 1024;
const REPEAT_QUIET_MS = 10_000;
const WARNING = 40;

/** Plain lines on stdout are chatter of a library; on stderr they may be a crash. */
type Source = "stdout" | "stderr";

const LogLine = z.looseObject({ level: z.number(), msg: z.string().optional() });

export type PartLog = {
  follow(stream: Readable, source: Source): void;
  /** The last thing said that was worth showing. */
  lastLine(): string | undefined;
  close(): void;
};

export async function openPartLog(logDir: string, name: string): Promise<PartLog> {
  await mkdir(logDir, { recursive: true });
  const file = path.join(logDir, `${name}.log`);
  const size = await stat(file).then(
    (entry) => entry.size,
    () => 0,
  );
  if (size > LOG_BYTES_MAX) await rename(file, `${file}.1`);
  const output = createWriteStream(file, { flags: "a" });
  output.on("error", () => {});
  const shown = new Map<string, number>();
  let last: string | undefined;

  const take = (line: string, source: Source) => {
    output.write(`${line}\n`);
    const text = worthShowing(line, source);
    if (text === undefined) return;
    last = text;
    const now = Date.now();
    if (now - (shown.get(text) ?? 0) < REPEAT_QUIET_MS) return;
    if (shown.size > 200) shown.clear();
    shown.set(text, now);
    complain(`[${name}] ${text}`);
  };

  return {
    follow: (stream, source) =>
      void createInterface({ input: stream }).on("line", (line) => take(line, source)),
    lastLine: () => last,
    close: () => output.end(),
  };
}

/** The terminal's form of a line, or undefined when it is for the file alone. */
export function worthShowing(line: string, source: Source): string | undefined {
  if (line.trim() === "") return undefined;
  if (!line.startsWith("{")) return source === "stderr" ? line : undefined;
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return line;
  }
  const entry = LogLine.safeParse(value);
  if (!entry.success) return line;
  if (entry.data.level < WARNING) return undefined;
  const { err } = entry.data;
  const cause = z.looseObject({ message: z.string() }).safeParse(err);
  const detail = cause.success ? cause.data.message : typeof err === "string" ? err : undefined;
  return [entry.data.msg, detail].filter(Boolean).join(": ");
}
