import { describe, expect, test } from "vitest";
import { until } from "#__tests__/support/until.ts";
import { deferred } from "#lib/runtime/deferred.ts";
import { type RunningPart, supervise } from "#lib/runtime/supervisor.ts";

const QUICK = { firstMs: 1, longestMs: 4, steadyMs: 60_000 };

/** A part whose life the test leads. */
function aPart(pid: number) {
  const ready = deferred<void>();
  const exited = deferred<string>();
  let stops = 0;
  const part: RunningPart = {
    pid,
    ready: ready.promise,
    exited: exited.promise,
    async stop() {
      stops += 1;
      exited.resolve("by SIGTERM");
    },
  };
  const becomeReady = () => ready.resolve();
  const die = (reason: string) => {
    ready.reject(new Error(reason));
    exited.resolve(reason);
  };
  return { part, becomeReady, die, stops: () => stops };
}

describe("a supervised part", () => {
  test("is started again when it dies, and says why it died", async () => {
    const lives = [aPart(1), aPart(2)] as const;
    const said: string[] = [];
    const pids: (number | undefined)[] = [];
    let started = 0;
    const supervision = supervise("worker", async () => (lives[started++] ?? lives[1]).part, {
      say: (line) => said.push(line),
      onChange: (pid) => pids.push(pid),
      pauses: QUICK,
    });
    lives[0].becomeReady();
    await supervision.ready;
    lives[0].die("by SIGKILL");
    await until("the second life", () => started === 2);
    expect(said).toEqual(["worker stopped (by SIGKILL); starting it again."]);
    await until("its number", () => pids.includes(2));
    expect(pids).toEqual([1, undefined, 2]);
    await supervision.stop();
    expect(lives[1].stops()).toBe(1);
  });

  test("is not started again once it was told to stop", async () => {
    const life = aPart(1);
    let started = 0;
    const start = async () => {
      started += 1;
      return life.part;
    };
    const supervision = supervise("web", start, { say: () => {}, pauses: QUICK });
    life.becomeReady();
    await supervision.ready;
    await supervision.stop();
    expect(started).toBe(1);
  });

  test("that never becomes ready is given up, with its last reason", async () => {
    let started = 0;
    const start = async () => {
      started += 1;
      const life = aPart(started);
      life.die("with code 1: PORT: must be a number");
      return life.part;
    };
    const supervision = supervise("realtime", start, { say: () => {}, pauses: QUICK });
    await expect(supervision.ready).rejects.toThrow(
      "realtime does not start: with code 1: PORT: must be a number",
    );
    expect(started).toBe(4);
    await supervision.stop();
  });

  test("that keeps dying waits longer each time, up to a limit", async () => {
    const startedAt: number[] = [];
    const start = async () => {
      startedAt.push(performance.now());
      const life = aPart(startedAt.length);
      life.becomeReady();
      if (startedAt.length <= 5) life.die("by SIGSEGV");
      return life.part;
    };
    const pauses = { firstMs: 20, longestMs: 80, steadyMs: 60_000 };
    const supervision = supervise("worker", start, { say: () => {}, pauses });
    await until("the sixth life", () => startedAt.length === 6);
    await supervision.stop();
    const waits = startedAt.slice(1).map((at, index) => at - (startedAt[index] ?? at));
    for (const [index, least] of [20, 40, 80, 80, 80].entries()) {
      expect(waits[index]).toBeGreaterThanOrEqual(least - 2);
    }
  });
});
