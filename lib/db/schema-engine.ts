import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import pg from "pg";

/**
 * Prisma's schema engine as WebAssembly: the same engine as the command line's native one, without a
 * download. It fills `_prisma_migrations` alike, so both can be used on one database.
 */
export const SCHEMA_DIR = path.resolve("prisma");
export const MIGRATIONS_DIR = path.join(SCHEMA_DIR, "migrations");

const noFilter = { externalTables: [], externalEnums: [] };

let loaded: ReturnType<typeof instantiateEngine> | undefined;

/** Once a process: the module's start function refuses to run twice. */
function loadEngine() {
  loaded ??= instantiateEngine();
  return loaded;
}

async function instantiateEngine() {
  // Instantiated by hand: the package expects a bundler to load its .wasm file.
  const bindings = await import("@prisma/schema-engine-wasm/schema_engine_bg");
  const file = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const wasm = await readFile(file.replace(/\.js$/, ".wasm"));
  const { instance } = await WebAssembly.instantiate(wasm, {
    "./schema_engine_bg.js": withoutLinger(bindings),
  });
  bindings.__wbg_set_wasm(instance.exports);
  if (typeof instance.exports.__wbindgen_start === "function") instance.exports.__wbindgen_start();
  return bindings.SchemaEngine;
}

/** The engine's time-outs outlive the work they watched; they must not keep the process up. */
function withoutLinger(imports: WebAssembly.ModuleImports): WebAssembly.ModuleImports {
  const unref = (callback: () => void, ms: number) => setTimeout(callback, ms).unref();
  return Object.fromEntries(
    Object.entries(imports).map(([name, value]) => [
      name,
      name.startsWith("__wbg_setTimeout_") ? unref : value,
    ]),
  );
}

/**
 * Sends a migration to the server whole. Prisma's own adapter cuts scripts at every semicolon, which
 * breaks function bodies; one simple query is also one transaction, so a migration applies or does not.
 */
class WholeScripts extends PrismaPg {
  readonly #connectionString: string;
  readonly #opened: { dispose(): Promise<void> }[] = [];
  constructor(connectionString: string) {
    super({ connectionString });
    this.#connectionString = connectionString;
  }
  override async connect() {
    const adapter = await super.connect();
    this.#opened.push(adapter);
    adapter.executeScript = async (script) => {
      const client = new pg.Client({ connectionString: this.#connectionString });
      await client.connect();
      try {
        await client.query(script);
      } finally {
        await client.end();
      }
    };
    return adapter;
  }
  /** The engine never closes what it opened, and an open session keeps a template from being cloned. */
  async dispose() {
    await Promise.all(this.#opened.splice(0).map((adapter) => adapter.dispose()));
  }
}

async function withEngine<T>(databaseUrl: string, use: (engine: Engine) => Promise<T>): Promise<T> {
  const SchemaEngine = await loadEngine();
  const scripts = new WholeScripts(databaseUrl);
  const factory = bindMigrationAwareSqlAdapterFactory(scripts);
  try {
    const engine = await SchemaEngine.new({ datamodels: await schemaFiles() }, () => {}, factory);
    return await use(engine);
  } finally {
    await scripts.dispose();
  }
}

type Engine = Awaited<ReturnType<Awaited<ReturnType<typeof loadEngine>>["new"]>>;

async function schemaFiles(): Promise<[string, string][]> {
  const models = await readdir(path.join(SCHEMA_DIR, "models"));
  const files = [
    path.join(SCHEMA_DIR, "schema.prisma"),
    ...models.map((name) => path.join(SCHEMA_DIR, "models", name)),
  ];
  return Promise.all(
    files.map(async (file): Promise<[string, string]> => [file, await readFile(file, "utf8")]),
  );
}

async function migrationsOnDisk() {
  const names = (await readdir(MIGRATIONS_DIR, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const migrationDirectories = await Promise.all(
    names.map(async (name) => ({
      path: name,
      migrationFile: {
        path: "migration.sql",
        content: {
          tag: "ok" as const,
          value: await readFile(path.join(MIGRATIONS_DIR, name, "migration.sql"), "utf8"),
        },
      },
    })),
  );
  return {
    baseDir: MIGRATIONS_DIR,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(path.join(MIGRATIONS_DIR, "migration_lock.toml"), "utf8"),
    },
    migrationDirectories,
    shadowDbInitScript: "",
  };
}

/** Applies what is missing, oldest first; returns the names applied now. */
export async function applyMigrations(databaseUrl: string): Promise<string[]> {
  const migrationsList = await migrationsOnDisk();
  return withEngine(databaseUrl, async (engine) => {
    const result = await engine.applyMigrations({ migrationsList, filters: noFilter });
    return result.appliedMigrationNames;
  });
}
