import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { ROOT, readSources } from "./source-files.ts";

const files = readSources("app", "components", "lib", "prisma", "__tests__").map(({ path }) => path);

/** Files that a noun of the domain may have besides its verbs (`send-message.ts`, `mark-read.ts`). */
const DOMAIN_FILES = ["schema", "queries", "policy", "present", "status", "system", "catalog"];

/** What a domain verb's file begins with. */
const VERBS = [
  "adopt",
  "apply",
  "assign",
  "call",
  "cancel",
  "change",
  "check",
  "close",
  "connect",
  "create",
  "delete",
  "deliver",
  "disconnect",
  "dismiss",
  "emit",
  "ensure",
  "fail",
  "fetch",
  "find",
  "import",
  "invite",
  "mark",
  "merge",
  "observe",
  "open",
  "play",
  "process",
  "present",
  "read",
  "receive",
  "reconcile",
  "record",
  "register",
  "remove",
  "rename",
  "replay",
  "resolve",
  "restart",
  "restore",
  "resume",
  "retry",
  "revoke",
  "schedule",
  "send",
  "set",
  "snooze",
  "split",
  "stop",
  "store",
  "sync",
  "unmerge",
  "update",
  "upsert",
  "wake",
  "write",
];

/** Pure knowledge of one noun that is neither verb nor shape, each with what it knows. */
const KNOWLEDGE: Record<string, string> = {
  "alerts/alert-mail.ts": "the words of an alert's e-mail",
  "channels/access.ts": "what an adapter needs to talk for a channel",
  "channels/connection-machine.ts": "the life of a connection",
  "channels/rhythm.ts": "how a number usually sounds",
  "contacts/author-columns.ts": "who wrote a message, as columns",
  "contacts/contacts-lock.ts": "who works with contacts, and who merges them, one at a time",
  "contacts/picture-type.ts": "what a picture is by its bytes",
  "files/file-lock.ts": "who names a file, and who deletes it, one at a time",
  "inbound-events/channel-directory.ts": "which channel a webhook address belongs to",
  "inbound-events/matching.ts": "a filter as SQL",
  "inbound-events/processing-key.ts": "what is applied one after the other",
  "inbound-events/redact.ts": "what of a webhook nobody may see",
  "inbound-events/spool.ts": "where webhooks wait while the database is away",
  "media/file-names.ts": "a file's name as it can be shown, stored and saved",
  "media/limits.ts": "how large which files may be",
  "media/outgoing-media.ts": "a stored file as the adapter sends it",
  "media/served-type.ts": "what a browser is told that a file is",
  "media/sniff.ts": "what a file is by its bytes",
  "media/thumbnail.ts": "a picture made small",
  "messages/content.ts": "a message's content as columns",
  "messages/gateway-call.ts": "how long a call may still be running in the gateway",
  "messages/ordering.ts": "the order of messages inside a second",
  "messages/outgoing.ts": "a stored message as the adapter sends it",
  "messages/same-content.ts": "whether what the gateway has can be a message of ours",
  "pacing/delivery-lane.ts": "the messages of a chat that wait, and their order",
  "pacing/local-time.ts": "quiet hours and days on the clock of the business",
  "pacing/next-slot.ts": "when a message may leave",
  "pacing/token-bucket.ts": "a bucket that fills with time",
  "phones/phone-country-rules.ts": "how WhatsApp writes the numbers of some countries",
  "phones/phone-format.ts": "a number as people read it",
  "phones/phone-input.ts": "a number as people type it",
  "phones/phone-number.ts": "one number in all its forms",
  "sandbox/practice-phones.ts": "the invented people of the practice phone",
  "sandbox/scan-code.ts": "what somebody scans",
  "tenants/country-defaults.ts": "currency, language and zone of a country",
  "tenants/slug.ts": "a business name in an address",
  "users/password.ts": "what a good password is",
};

/** Components that call the API themselves, each with the reason. */
const API_CALLERS: Record<string, string> = {
  "components/auth/register-form.tsx": "nobody is logged in yet, so there is no query client of a workspace",
  "components/auth/sign-in.ts": "speaks to next-auth, and asks once who is logged in",
};

describe("names say what is in a file", () => {
  test("no drawer for everything", () => {
    const drawers = files.filter((file) =>
      /(^|\/)(utils?|helpers?|misc|common|shared|managers?|index)(\.tsx?$|\/)/.test(file),
    );
    expect(drawers).toEqual([]);
  });

  test("file and folder names are written in small letters with hyphens", () => {
    const odd = files.filter((file) =>
      file
        .split("/")
        .some(
          (part) => !/^(__tests__|\([a-z]+\)|\[(\.\.\.)?[a-zA-Z]+\]|[a-z0-9]+([-.][a-z0-9]+)*)$/.test(part),
        ),
    );
    expect(odd).toEqual([]);
  });

  test("no file is longer than one can keep in mind", () => {
    const long = readSources("app", "components", "lib", "prisma")
      .map(({ path, text }) => ({ path, lines: text.split("\n").length }))
      .filter(({ lines }) => lines > 450);
    expect(long).toEqual([]);
  });
});

describe("lib/domain/<noun>/ has a closed vocabulary", () => {
  const inDomain = files.filter((file) => file.startsWith("lib/domain/"));

  test("every file is a verb of its noun, one of the fixed names, or named knowledge", () => {
    const strays = inDomain.filter((file) => {
      const [, , noun = "", name = ""] = file.split("/");
      if (name === "") return !["context.ts", "audit.ts"].includes(noun);
      const stem = name.replace(/\.ts$/, "");
      return (
        !DOMAIN_FILES.includes(stem) &&
        !VERBS.includes(stem.split("-")[0] ?? "") &&
        !Object.hasOwn(KNOWLEDGE, `${noun}/${name}`)
      );
    });
    expect(strays).toEqual([]);
  });

  test("a noun's folder has no folders", () => {
    expect(inDomain.filter((file) => file.split("/").length > 4)).toEqual([]);
  });
});

describe("components/<noun>/ has a closed vocabulary", () => {
  const features = readSources("components").filter(({ path }) => !path.startsWith("components/ui/"));
  const named = (...stems: string[]) =>
    features.filter(({ path: file }) => stems.includes(path.posix.basename(file, ".ts")));

  test("only queries and mutations speak to the API, besides the few that must", () => {
    const callers = features
      .filter(({ text }) => /\bcreateApi\(|\bapi\.(get|post|patch|delete)\(/.test(text))
      .map(({ path: file }) => file)
      .filter((file) => !["queries", "mutations"].includes(path.posix.basename(file, ".ts")));
    expect(callers.filter((file) => !Object.hasOwn(API_CALLERS, file))).toEqual([]);
  });

  test("queries are read by pages on the server too, so they are not marked for the browser alone", () => {
    expect(named("queries").length).toBeGreaterThan(3);
    expect(named("queries").filter(({ text }) => text.includes('"use client"'))).toEqual([]);
  });

  test("a cache is pure: no React, no network, no clock", () => {
    expect(named("cache").length).toBeGreaterThan(2);
    const impure = named("cache").filter(
      ({ text, imports }) =>
        imports.some(({ to, typeOnly }) => !typeOnly && /^react|lib\/browser\//.test(to)) ||
        /\bfetch\(|Date\.now\(|Math\.random\(/.test(text),
    );
    expect(impure.map(({ path: file }) => file)).toEqual([]);
  });

  test("the pieces every feature is built from know no word of the domain", () => {
    const knowing = readSources("components/ui").flatMap(({ path, imports }) =>
      imports
        .filter(({ to }) => /^(lib\/domain|components\/(?!ui\/))/.test(to))
        .map(({ to }) => `${path} -> ${to}`),
    );
    expect(knowing).toEqual([]);
  });
});

describe("tests mirror the source", () => {
  test("every test file under a source folder lies where its subject lies", () => {
    const strays = files
      .filter((file) => /^__tests__\/(app|components|lib|prisma)\/.*\.test\.tsx?$/.test(file))
      .map((file) => path.posix.dirname(file).replace(/^__tests__\//, ""))
      .filter((folder) => !existsSync(path.join(ROOT, folder)));
    expect([...new Set(strays)]).toEqual([]);
  });

  test("the top level holds what it is meant to hold", () => {
    const here = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
      .map(({ name }) => name);
    const meant = ["__tests__", "app", "bench", "components", "lib", "prisma", "public"];
    expect(here.filter((name) => !meant.includes(name))).toEqual([]);
  });
});
