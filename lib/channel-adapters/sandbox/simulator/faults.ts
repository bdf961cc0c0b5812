import { Faults, NO_FAULTS } from "../control-schema.ts";
import { type Database, text } from "./store/database.ts";

/** The faults being played; kept on disk so that a restart does not heal them. */
export class FaultBoard {
  #db: Database;
  #current: Faults;

  constructor(db: Database) {
    this.#db = db;
    const row = db.row("SELECT value FROM setting WHERE name = 'faults'");
    const stored = row ? Faults.safeParse(JSON.parse(text(row, "value"))) : null;
    this.#current = stored?.success ? stored.data : NO_FAULTS;
  }

  get current(): Faults {
    return this.#current;
  }

  change(change: { [K in keyof Faults]?: Faults[K] | undefined }): Faults {
    this.#current = Faults.parse({
      ...this.#current,
      ...Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)),
    });
    this.#db.run(
      "INSERT INTO setting (name, value) VALUES ('faults', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      JSON.stringify(this.#current),
    );
    return this.#current;
  }

  clear(): Faults {
    return this.change(NO_FAULTS);
  }

  happens(
    fault:
      | "sendErrorRate"
      | "sendTimeoutRate"
      | "timeoutLeavesRate"
      | "duplicateRate"
      | "reorderRate"
      | "dropRate",
  ): boolean {
    const rate = this.#current[fault];
    return rate > 0 && Math.random() < rate;
  }
}
