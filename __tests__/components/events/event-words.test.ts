import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { kindKey, nameKey, reasonKey } from "#components/events/event-words.ts";
import { parse } from "#lib/channel-adapters/evolution/parse.ts";
import { MESSAGES } from "#lib/i18n/messages.ts";

const FOLDER = "__tests__/fixtures/evolution/fixtures";
const words = JSON.parse(JSON.stringify(MESSAGES.es.events));

/** Technical ones that no channel of ours subscribes to. */
const RARE = /^([A-Z]|instance\.|remove\.|typebot|template|error|unknown|cloud|application)/;

test("every webhook of the gateway has a plain name", () => {
  for (const file of readdirSync(FOLDER).filter((name) => name !== "index.json")) {
    const { event } = JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8"));
    if (typeof event !== "string" || RARE.test(event)) continue;
    expect(nameKey(event), event).not.toBe("other");
    expect(words.names[nameKey(event)]).toMatch(/\S/);
  }
});

test("every reason for which a webhook is ignored is explained", () => {
  const reasons = new Set<string>();
  for (const file of readdirSync(FOLDER).filter((name) => name !== "index.json"))
    for (const event of parse(JSON.parse(readFileSync(`${FOLDER}/${file}`, "utf8"))))
      if (event.type === "ignored") reasons.add(event.reason);
  expect(reasons.size).toBeGreaterThan(8);
  for (const reason of reasons) {
    expect(reasonKey(reason), reason).not.toBe("other");
    expect(words.reasons[reasonKey(reason)]).toMatch(/\S/);
  }
});

test("our own reasons are explained, and unknown ones do not break", () => {
  expect(reasonKey("connection_of_the_past")).toBe("past");
  expect(reasonKey("not_shown:presence")).toBe("notShown");
  expect(reasonKey("something new")).toBe("other");
  expect(nameKey("toString")).toBe("other");
  expect(kindKey("constructor")).toBe("other");
});
