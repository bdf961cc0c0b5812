import { expect, test } from "vitest";
import { type Changes, EventStream } from "#lib/browser/event-stream.ts";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";

const event = (seq: number): RealtimeEvent => ({
  type: "conversation.updated",
  seq,
  conversationId: `cnv_${seq}`,
  conversation: null,
});

/** A stream that starts after event 3, and what it did. */
function aStream(answer: (after: number | null) => Changes | Promise<Changes>, startSeq: number | null = 3) {
  const applied: number[] = [];
  const asked: (number | null)[] = [];
  let resets = 0;
  const stream = new EventStream(startSeq, {
    fetchChanges: async (after) => {
      asked.push(after);
      return answer(after);
    },
    apply: ({ seq }) => applied.push(seq),
    reset: () => {
      resets += 1;
    },
  });
  return { stream, applied, asked, resets: () => resets };
}
const upTo = (last: number) => (after: number | null) => ({
  data: Array.from({ length: last - (after ?? 0) }, (_, index) => event((after ?? 0) + index + 1)),
  seq: last,
  reset: false,
});
const nothing = (after: number | null) => ({ data: [], seq: after ?? 0, reset: false });

test("frames in order are applied at once, and each one once", () => {
  const { stream, applied, asked } = aStream(nothing);
  for (const seq of [4, 5, 5, 4, 3, 6]) stream.receive(event(seq));
  expect(applied).toEqual([4, 5, 6]);
  expect(asked).toEqual([]);
});

test("a hole asks the API, and what waited behind it comes after it", async () => {
  const { stream, applied, asked } = aStream(upTo(6));
  stream.receive(event(6));
  stream.receive(event(7));
  expect(applied).toEqual([]);
  await stream.catchUp();
  expect(applied).toEqual([4, 5, 6, 7]);
  expect(asked).toEqual([3]);
});

test("a hole that nobody can fill does not stop what comes after it", async () => {
  const { stream, applied } = aStream(nothing);
  stream.receive(event(9));
  await stream.catchUp();
  stream.receive(event(10));
  expect(applied).toEqual([9, 10]);
});

test("too much missed: everything is loaded anew and goes on from there", async () => {
  const { stream, applied, resets } = aStream(() => ({ data: [], seq: 900, reset: true }));
  await stream.catchUp();
  expect(resets()).toBe(1);
  stream.receive(event(900));
  stream.receive(event(901));
  expect(applied).toEqual([901]);
});

test("without a known start the first answer sets it, and the screen is loaded anew", async () => {
  const { stream, applied, asked, resets } = aStream(() => ({ data: [], seq: 40, reset: false }), null);
  stream.receive(event(41));
  await stream.catchUp();
  expect([asked[0], resets(), applied]).toEqual([null, 1, [41]]);
});

test("frames that come while catching up wait for it", async () => {
  let release = (_: Changes) => {};
  const { stream, applied } = aStream(
    () =>
      new Promise((resolve) => {
        release = resolve;
      }),
  );
  const done = stream.catchUp();
  stream.receive(event(6));
  stream.receive(event(4));
  release({ data: [event(4), event(5)], seq: 5, reset: false });
  await done;
  expect(applied).toEqual([4, 5, 6]);
});

test("an API that does not answer loses nothing: the next try brings it all", async () => {
  let down = true;
  const { stream, applied } = aStream((after) => {
    if (down) throw new Error("down");
    return upTo(5)(after);
  });
  stream.receive(event(5));
  await expect(stream.catchUp()).rejects.toThrow("down");
  expect(applied).toEqual([]);
  down = false;
  await stream.catchUp();
  expect(applied).toEqual([4, 5]);
});

test("a long absence is told in several answers", async () => {
  const { stream, applied, asked } = aStream((after) => ({
    data: [event((after ?? 0) + 1)],
    seq: 6,
    reset: false,
  }));
  await stream.catchUp();
  expect(applied).toEqual([4, 5, 6]);
  expect(asked).toEqual([3, 4, 5]);
});
