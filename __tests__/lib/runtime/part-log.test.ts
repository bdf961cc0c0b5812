import { expect, test } from "vitest";
import { worthShowing } from "#lib/runtime/part-log.ts";

test("the terminal shows warnings, errors and crashes, and leaves the rest to the file", () => {
  expect(worthShowing('{"level":30,"msg":"request"}', "stdout")).toBeUndefined();
  expect(worthShowing("✓ Ready", "stdout")).toBeUndefined();
  expect(worthShowing('{"level":40,"msg":"queue","err":{"message":"gone"}}', "stdout")).toBe("queue: gone");
  expect(worthShowing('{"level":40,"err":"ECONNRESET","msg":"lost"}', "stdout")).toBe("lost: ECONNRESET");
  expect(worthShowing("Error: out of memory", "stderr")).toBe("Error: out of memory");
});
