import { expect, test } from "vitest";
import { readContent, storedContent } from "#lib/domain/messages/content.ts";

const poll = (...options: string[]) =>
  storedContent({ details: { kind: "poll", options, selectableCount: 1 } });

test("what the database cannot hold goes, also in the middle of a word", () => {
  expect(readContent(poll("s\u0000í", "no\ud83d")).details).toEqual({
    kind: "poll",
    options: ["sí", "no\ufffd"],
    selectableCount: 1,
  });
});

test("what a person typed that only looks like it stays as it is", () => {
  const typed = ["\\u0000", "C:\\u0000\\", "\\\\u0000"];
  expect(readContent(poll(...typed)).details).toMatchObject({ options: typed });
});
