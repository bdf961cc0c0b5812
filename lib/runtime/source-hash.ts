import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fromRoot } from "./project.ts";

/** One hash over the names and contents of these files and folders, below the project's folder. */
export async function hashFiles(
  entries: string[],
  skip: (file: string) => boolean = () => false,
): Promise<string> {
  const hash = createHash("sha256");
  for (const file of entries.flatMap((entry) => filesIn(entry)).sort()) {
    if (!skip(file))
      hash
        .update(file)
        .update("\0")
        .update(readFileSync(fromRoot(file)))
        .update("\0");
  }
  return hash.digest("hex");
}

function filesIn(entry: string): string[] {
  const stats = statSync(fromRoot(entry), { throwIfNoEntry: false });
  if (!stats) return [];
  if (!stats.isDirectory()) return [entry];
  return readdirSync(fromRoot(entry), { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => path.relative(fromRoot(), path.join(file.parentPath, file.name)));
}
