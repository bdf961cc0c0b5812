import { expect, test } from "vitest";
import { createOutbox } from "#components/messages/outbox.ts";
import { anOutbound, messageId } from "./support.ts";

function aStorage() {
  const values = new Map<string, string>();
  return {
    values,
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  };
}
const waiting = anOutbound(1, { local: "sending" });

test("what was not delivered is there again after a reload, until the server has it", () => {
  const storage = aStorage();
  createOutbox(storage, "a").put(waiting);
  const reloaded = createOutbox(storage, "a");
  expect(reloaded.list()).toEqual([waiting]);
  expect(createOutbox(storage, "b").list()).toEqual([]);
  reloaded.remove(waiting.id);
  expect(createOutbox(storage, "a").list()).toEqual([]);
  expect(storage.values.size).toBe(0);
});

test("two tabs do not take each other's messages away", () => {
  const storage = aStorage();
  const [one, two] = [createOutbox(storage, "a"), createOutbox(storage, "a")];
  one.put(waiting);
  two.put(anOutbound(2, { local: "sending" }));
  one.remove(waiting.id);
  expect(
    createOutbox(storage, "a")
      .list()
      .map(({ id }) => id),
  ).toEqual([messageId(2)]);
});

test("a storage that is full, forbidden or full of nonsense loses nothing of this tab", () => {
  const broken = {
    getItem: () => '[{"id":"msg_nonsense"}, 7, null]',
    setItem: () => {
      throw new Error("quota");
    },
    removeItem: () => {},
  };
  for (const storage of [broken, null]) {
    const outbox = createOutbox(storage, "a");
    expect(outbox.list()).toEqual([]);
    outbox.put(waiting);
    expect(outbox.list()).toEqual([waiting]);
  }
});
