import { expect, test } from "vitest";
import { boxFor, duration, fileSize } from "#components/messages/bubbles/box.ts";
import { waveformBars } from "#components/messages/bubbles/waveform.ts";
import { whatCanBeDone } from "#components/messages/changeable.ts";
import { moved } from "#components/messages/composer/attachments.ts";
import { condensed } from "#components/messages/composer/recording.ts";
import { groupReactions, toggledReactions } from "#components/messages/reactions.ts";
import { aMessage, anOutbound } from "./support.ts";

const of = (emoji: string, fromMe = false, name: string | null = null) => ({ emoji, fromMe, name });

test("reactions are counted by emoji, and ours replaces itself", () => {
  const reactions = [of("👍", false, "Ana"), of("❤️"), of("👍", true)];
  expect(groupReactions(reactions)).toEqual([
    { emoji: "👍", count: 2, mine: true, names: ["Ana"] },
    { emoji: "❤️", count: 1, mine: false, names: [] },
  ]);
  expect(toggledReactions(reactions, "😂")).toEqual([of("👍", false, "Ana"), of("❤️"), of("😂", true)]);
  expect(toggledReactions(reactions, null)).toEqual([of("👍", false, "Ana"), of("❤️")]);
});

test("only our own fresh texts can be edited, and nothing that WhatsApp does not have yet", () => {
  const now = Date.parse(aMessage(1).sentAt);
  const sent = anOutbound(1, { status: "delivered" });
  expect(whatCanBeDone(sent, now)).toMatchObject({ edit: true, remove: true, reply: true, react: true });
  expect(whatCanBeDone(sent, now + 16 * 60_000)).toMatchObject({ edit: false, remove: true });
  expect(whatCanBeDone(aMessage(1), now)).toMatchObject({ edit: false, remove: false, react: true });
  expect(whatCanBeDone(anOutbound(1), now)).toMatchObject({ edit: false, remove: false, react: false });
  expect(whatCanBeDone({ ...sent, deletedAt: sent.sentAt }, now)).toMatchObject({
    reply: false,
    copy: false,
  });
});

test("a picture keeps its shape within its bounds", () => {
  expect(boxFor(4000, 3000)).toEqual({ width: 330, aspectRatio: "330 / 248" });
  expect(boxFor(10, 10)).toEqual({ width: 140, aspectRatio: "140 / 90" });
  expect(boxFor(null, null).aspectRatio).toBe("4 / 3");
});

test("lengths and sizes as people read them", () => {
  expect([7, 65, 3725].map(duration)).toEqual(["0:07", "1:05", "1:02:05"]);
  expect(fileSize(13, "es")).toBe("13 B");
  expect(fileSize(1_468_006, "es")).toBe("1,4 MB");
});

test("a wave has the bars that fit, a silent one none", () => {
  expect(waveformBars([0, 0, 0, 0, 0])).toBeNull();
  expect(waveformBars([0, 50, 100, 50], 2)).toEqual([0.5, 1]);
  expect(condensed([1, 9, 2, 8], 2)).toEqual([9, 8]);
});

test("a file moves as far as the list goes", () => {
  expect(moved(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 2, 5)).toEqual(["a", "b", "c"]);
});
