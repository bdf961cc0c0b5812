import { describe, expect, test } from "vitest";
import { readSources, ringsOf } from "./source-files.ts";

const files = readSources("app", "components", "lib", "prisma");
const known = new Map(files.map((file) => [file.path, file]));

/** The folder that stands for a layer. */
function layerOf(path: string): string {
  const [top = "", second = ""] = path.split("/");
  // A program of its own, started by hand.
  if (path.startsWith("prisma/seed")) return "prisma/seed";
  return top === "lib" ? `lib/${second}` : top;
}

/** What each layer may import besides itself and packages: down only. */
const BELOW_DOMAIN = [
  "lib/channel-adapters",
  "lib/realtime",
  "lib/queue",
  "lib/storage",
  "lib/mail",
  "lib/db",
  "lib/i18n",
  "lib/kernel",
];
const MAY_IMPORT: Record<string, readonly string[]> = {
  "lib/kernel": [],
  "lib/db": ["lib/kernel", "prisma"],
  "lib/i18n": ["lib/kernel"],
  "lib/channel-adapters": ["lib/kernel", "lib/i18n", "lib/db"],
  "lib/realtime": ["lib/kernel", "lib/i18n", "lib/db"],
  // The queue's catalogue names the causes that a job carries.
  "lib/queue": ["lib/kernel", "lib/db", "lib/channel-adapters"],
  "lib/storage": ["lib/kernel", "lib/db"],
  "lib/mail": ["lib/kernel", "lib/i18n"],
  "lib/domain": [...BELOW_DOMAIN, "prisma"],
  "lib/auth": ["lib/domain", ...BELOW_DOMAIN],
  "lib/http": ["lib/auth", "lib/domain", ...BELOW_DOMAIN],
  "lib/worker": ["lib/auth", "lib/domain", ...BELOW_DOMAIN, "prisma"],
  "lib/runtime": ["lib/worker", "lib/http", "lib/auth", "lib/domain", ...BELOW_DOMAIN, "prisma"],
  "lib/browser": ["lib/domain", "lib/realtime", "lib/i18n", "lib/kernel"],
  components: ["lib/browser", "lib/domain", "lib/realtime", "lib/i18n", "lib/kernel"],
  app: ["components", "lib/browser", "lib/http", "lib/auth", "lib/domain", ...BELOW_DOMAIN],
  prisma: ["lib/domain", ...BELOW_DOMAIN],
  "prisma/seed": ["prisma", "lib/runtime", "lib/worker", "lib/auth", "lib/domain", ...BELOW_DOMAIN],
};

/** The one row of imports up, each with its reason. */
const EXCEPTIONS: Record<string, string> = {
  "components/channels/problem-key.ts -> lib/channel-adapters/contract.ts":
    "the causes of a disconnection have one list, and every cause has its words",
};

describe("imports point down", () => {
  test("every layer is known", () => {
    expect(
      [...new Set(files.map(({ path }) => layerOf(path)))].filter((layer) => !MAY_IMPORT[layer]),
    ).toEqual([]);
  });

  test("every import of ours names a file that is there", () => {
    const missing = files.flatMap(({ path, imports }) =>
      imports
        .filter(
          ({ to }) => /^(app|components|lib|prisma|public)\//.test(to) && !to.startsWith("prisma/generated/"),
        )
        .filter(({ to }) => /\.(ts|tsx)$/.test(to) && !known.has(to))
        .map(({ to }) => `${path} -> ${to}`),
    );
    expect(missing).toEqual([]);
  });

  test("no file imports from a layer above its own", () => {
    const upward = files.flatMap(({ path, imports }) => {
      const layer = layerOf(path);
      const allowed = [layer, ...(MAY_IMPORT[layer] ?? [])];
      return imports
        .filter(({ to }) => /^(app|components|lib|prisma)\//.test(to))
        .filter(({ to }) => !allowed.includes(layerOf(to)))
        .map(({ to }) => `${path} -> ${to}`);
    });
    expect(upward.filter((arrow) => !Object.hasOwn(EXCEPTIONS, arrow))).toEqual([]);
    expect(
      Object.keys(EXCEPTIONS).filter((arrow) => !upward.includes(arrow)),
      "no longer needed",
    ).toEqual([]);
  });

  test("only the folder of a provider sees its payloads", () => {
    const inside = files.filter(({ path }) => !path.startsWith("lib/channel-adapters/"));
    const peeking = inside.flatMap(({ path, imports }) =>
      imports
        .filter(({ to }) => /^lib\/channel-adapters\/(evolution|cloud-api)\//.test(to))
        .map(({ to }) => `${path} -> ${to}`),
    );
    expect(peeking).toEqual([]);
  });

  test("pages and components never talk to the database, and routes only through lib", () => {
    const direct = files
      .filter(({ path }) => path.startsWith("app/") || path.startsWith("components/"))
      .flatMap(({ path, imports }) =>
        imports
          .filter(
            ({ to, typeOnly }) =>
              !typeOnly && (to.startsWith("lib/db/") || to.startsWith("prisma/") || to === "pg"),
          )
          .map(({ to }) => `${path} -> ${to}`),
      );
    expect(direct).toEqual([]);
  });
});

describe("what reaches the browser", () => {
  /** Read by pages on the server and by components in the browser alike. */
  const SAFE = [
    /^components\//,
    /^lib\/browser\//,
    /^lib\/i18n\/(?!request)/,
    /^lib\/kernel\/(ids|id-schema|errors|page-schema|text-schema)\.ts$/,
    /^lib\/realtime\/channel-names\.ts$/,
    /^lib\/channel-adapters\/contract\.ts$/,
    /^lib\/channel-adapters\/sandbox\/control-schema\.ts$/,
    /^lib\/domain\/[^/]+\/(schema|status|catalog|limits|[a-z-]+-machine|phone-[a-z-]+|country-defaults|practice-phones|scan-code)\.ts$/,
  ];
  const SERVER_PACKAGES =
    /^(node:|pg$|pg-boss|pino|prom-client|pusher$|ws$|@prisma|@node-rs|next-auth\/jwt|next\/headers|rate-limiter)/;

  /** Everything a file brings along at run time, itself included. */
  function reach(from: string, seen = new Set<string>()): Set<string> {
    if (seen.has(from)) return seen;
    seen.add(from);
    for (const { to, typeOnly } of known.get(from)?.imports ?? [])
      if (!typeOnly && known.has(to)) reach(to, seen);
    return seen;
  }

  const clientRoots = files.filter(({ path, text }) => path.startsWith("components/") && !isServerOnly(text));

  /** A component that pages render on the server says so by what it imports. */
  function isServerOnly(text: string): boolean {
    return text.includes('"next-intl/server"');
  }

  test("a component brings along only files made for the browser", () => {
    expect(clientRoots.length).toBeGreaterThan(50);
    const strays = new Set<string>();
    for (const { path } of clientRoots)
      for (const file of reach(path))
        if (!SAFE.some((pattern) => pattern.test(file))) strays.add(`${path} => ${file}`);
    expect([...strays]).toEqual([]);
  });

  test("nothing made for the browser imports a package of the server", () => {
    const reached = new Set(clientRoots.flatMap(({ path }) => [...reach(path)]));
    const strays = [...reached].flatMap((path) =>
      (known.get(path)?.imports ?? [])
        .filter(({ to, typeOnly }) => !typeOnly && SERVER_PACKAGES.test(to))
        .map(({ to }) => `${path} -> ${to}`),
    );
    expect(strays).toEqual([]);
  });
});

describe("no circles", () => {
  function graphOf(nodeOf: (path: string) => string | null, withTypes: boolean) {
    const graph = new Map<string, Set<string>>();
    for (const { path, imports } of files) {
      const from = nodeOf(path);
      if (from === null) continue;
      const targets = graph.get(from) ?? new Set<string>();
      graph.set(from, targets);
      for (const { to, typeOnly } of imports) {
        const next = known.has(to) && (withTypes || !typeOnly) ? nodeOf(to) : null;
        if (next !== null && (next !== from || to === path)) targets.add(next);
      }
    }
    return graph;
  }

  test("the search finds the rings of a graph", () => {
    const graph = new Map([
      ["a", new Set(["b"])],
      ["b", new Set(["c"])],
      ["c", new Set(["a", "d"])],
      ["d", new Set<string>()],
    ]);
    expect(ringsOf(graph)).toEqual([["a", "b", "c"]]);
  });

  test("the graph has the arrows of the walks", () => {
    const graph = graphOf((path) => path, false);
    expect(graph.get("lib/worker/tasks/deliver-message.ts")).toContain(
      "lib/domain/messages/deliver-message.ts",
    );
    expect([...graph.values()].reduce((sum, targets) => sum + targets.size, 0)).toBeGreaterThan(800);
  });

  test("between files, at run time", () => {
    expect(ringsOf(graphOf((path) => path, false))).toEqual([]);
  });

  /**
   * A message lives in a conversation and a conversation shows its last message: their shapes refer to
   * each other, so schema, status and catalogue files count with nobody.
   */
  const SHAPES = /\/(schema|status|catalog)\.ts$/;

  test("between the nouns of the domain, their shapes aside", () => {
    const noun = (path: string) => {
      if (SHAPES.test(path)) return null;
      return /^lib\/domain\/([^/]+)\//.exec(path)?.[1] ?? null;
    };
    expect(ringsOf(graphOf(noun, false))).toEqual([]);
  });
});
