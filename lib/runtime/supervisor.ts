import { setTimeout as delay } from "node:timers/promises";
import { deferred } from "./deferred.ts";

/** A process the launcher keeps alive, or the database server. */
export type RunningPart = {
  pid: number;
  /** Can do its work; rejects when it ended before that. */
  ready: Promise<void>;
  /** Settles with the reason when it is gone. */
  exited: Promise<string>;
  stop(): Promise<void>;
};

export type Supervision = {
  name: string;
  /** Ready for the first time; rejects when it has failed several times in a row before that. */
  ready: Promise<void>;
  stop(): Promise<void>;
};

export type SupervisionOptions = {
  say(line: string): void;
  onChange?(pid: number | undefined): void;
  pauses?: { firstMs: number; longestMs: number; steadyMs: number };
};

/** A part that dies is started again after 0.2 s, then 0.4, 0.8 … 5 s; from the start after ten good seconds. */
const PAUSES = { firstMs: 200, longestMs: 5_000, steadyMs: 10_000 };
const FIRST_ATTEMPTS = 4;

export function supervise(
  name: string,
  start: () => Promise<RunningPart>,
  options: SupervisionOptions,
): Supervision {
  const { firstMs, longestMs, steadyMs } = options.pauses ?? PAUSES;
  const stopping = new AbortController();
  const first = deferred<void>();
  let current: RunningPart | undefined;
  let everReady = false;

  async function runOnce(): Promise<string> {
    try {
      current = await start();
      options.onChange?.(current.pid);
      if (stopping.signal.aborted) await current.stop();
      const died = await Promise.race([current.ready, current.exited]);
      if (died !== undefined) return died;
      everReady = true;
      first.resolve();
      return await current.exited;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      current = undefined;
      options.onChange?.(undefined);
    }
  }

  async function keepRunning() {
    let pauseMs = firstMs;
    for (let attempt = 1; !stopping.signal.aborted; attempt++) {
      const startedAt = Date.now();
      const reason = await runOnce();
      if (stopping.signal.aborted) return;
      if (!everReady && attempt >= FIRST_ATTEMPTS)
        return first.reject(new Error(`${name} does not start: ${reason}`));
      if (Date.now() - startedAt >= steadyMs) pauseMs = firstMs;
      options.say(`${name} stopped (${reason}); starting it again.`);
      await delay(pauseMs, undefined, { signal: stopping.signal }).catch(() => {});
      pauseMs = Math.min(pauseMs * 2, longestMs);
    }
  }

  const ended = keepRunning();
  const stop = async () => {
    stopping.abort();
    first.reject(new Error(`${name} was stopped`));
    await current?.stop();
    await ended;
  };
  return { name, ready: first.promise, stop };
}
