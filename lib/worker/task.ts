import type { Ctx } from "#lib/domain/context.ts";
import type { JobName, JobPayload } from "#lib/queue/catalog.ts";

/**
 * The handler of one job. `later` asks for another try in its turn. When tries are used up (`lastTry`),
 * `giveUp` records the failure where people see it: the job must not end as failed, because that
 * would hold back its key for ever.
 */
export type Task<N extends JobName> = {
  triesMax: number;
  run(ctx: Ctx, payload: JobPayload<N>): Promise<"done" | "later">;
  giveUp(ctx: Ctx, payload: JobPayload<N>, error: unknown): Promise<void>;
};
