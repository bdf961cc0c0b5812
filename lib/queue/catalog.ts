import { z } from "zod";
import { DISCONNECT_CAUSES } from "#lib/channel-adapters/contract.ts";
import { idSchema } from "#lib/kernel/id-schema.ts";

/**
 * Every job: what it carries and how the queue treats it. Payloads carry ids, the rows own the truth.
 * With `ordered`, jobs of one key run one at a time and in order, retries included; the key is given at
 * enqueueing. A handler that has given up records the failure where people see it and returns, because
 * a failed job would hold back its key for ever.
 */
const tenantId = idSchema("tenant");

/** Tasks bound their own tries (lib/worker/task.ts); the queue never ends a job by itself. */
const FOR_EVER = 1_000_000;

export const JOBS = {
  "process-inbound-event": {
    payload: z.object({ tenantId, inboundEventId: idSchema("inboundEvent") }),
    ordered: true,
    retryLimit: FOR_EVER,
    retryDelayS: 1,
    concurrency: { workers: 2, batch: 25 },
  },
  "deliver-message": {
    payload: z.object({ tenantId, messageId: idSchema("message") }),
    ordered: true,
    // 2, 4, 8 s, each with up to as much again in jitter (DESIGN.md D4).
    retryLimit: FOR_EVER,
    retryDelayS: 2,
    concurrency: { workers: 10, batch: 1 },
  },
  /** Behind the deliveries of its chat: an edit must not overtake its message. */
  "change-message": {
    payload: z.object({ tenantId, messageId: idSchema("message") }),
    ordered: true,
    retryLimit: FOR_EVER,
    retryDelayS: 2,
    concurrency: { workers: 2, batch: 1 },
  },
  "set-up-channel": {
    payload: z.object({ tenantId, channelId: idSchema("channel") }),
    ordered: true,
    retryLimit: FOR_EVER,
    retryDelayS: 5,
    concurrency: { workers: 2, batch: 1 },
  },
  "verify-disconnect": {
    payload: z.object({
      tenantId,
      channelId: idSchema("channel"),
      cause: z.enum(DISCONNECT_CAUSES),
      code: z.number().nullable(),
    }),
    ordered: true,
    retryLimit: FOR_EVER,
    retryDelayS: 2,
    concurrency: { workers: 2, batch: 1 },
  },
  "mark-read-on-whatsapp": {
    payload: z.object({
      tenantId,
      conversationId: idSchema("conversation"),
      messageIds: z.array(idSchema("message")),
    }),
    ordered: true,
    retryLimit: FOR_EVER,
    retryDelayS: 2,
    concurrency: { workers: 2, batch: 1 },
  },
  "fetch-media": {
    payload: z.object({ tenantId, mediaId: idSchema("media") }),
    ordered: false,
    retryLimit: FOR_EVER,
    retryDelayS: 3,
    concurrency: { workers: 4, batch: 1 },
  },
  "delete-files": {
    payload: z.object({ tenantId, hashes: z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(500) }),
    ordered: false,
    retryLimit: FOR_EVER,
    retryDelayS: 30,
    concurrency: { workers: 1, batch: 1 },
  },
  "refresh-contact-picture": {
    payload: z.object({ tenantId, contactId: idSchema("contact") }),
    // One at a time per business: each is a question to WhatsApp that nobody waits for.
    ordered: true,
    retryLimit: FOR_EVER,
    retryDelayS: 30,
    concurrency: { workers: 2, batch: 1 },
  },
  /** Compares what the gateway recorded with what we have. */
  "reconcile-channel": {
    payload: z.object({ tenantId, channelId: idSchema("channel") }),
    ordered: true,
    retryLimit: FOR_EVER,
    retryDelayS: 5,
    concurrency: { workers: 2, batch: 1 },
  },
  /** A while after a connection was lost: is it back? */
  "watch-channel": {
    payload: z.object({ tenantId, channelId: idSchema("channel") }),
    ordered: true,
    retryLimit: FOR_EVER,
    retryDelayS: 5,
    concurrency: { workers: 2, batch: 1 },
  },
  "mail-alert": {
    payload: z.object({ tenantId, alertId: idSchema("alert") }),
    ordered: true,
    retryLimit: FOR_EVER,
    retryDelayS: 15,
    concurrency: { workers: 1, batch: 1 },
  },
} as const satisfies Record<string, JobDefinition>;

type JobDefinition = {
  payload: z.ZodType;
  ordered: boolean;
  retryLimit: number;
  retryDelayS: number;
  concurrency: { workers: number; batch: number };
};

export type JobName = keyof typeof JOBS;
export type JobPayload<N extends JobName> = z.infer<(typeof JOBS)[N]["payload"]>;
export const JOB_NAMES = Object.keys(JOBS).filter((name): name is JobName => Object.hasOwn(JOBS, name));

/** Jobs that come round by the clock; `cron` in UTC. */
export const SCHEDULES = [
  { name: "check-channels", cron: "* * * * *" },
  { name: "purge-events", cron: "41 7 * * *" },
  { name: "reconcile-channels", cron: "*/3 * * * *" },
  { name: "probe-channels", cron: "1-59/5 * * * *" },
  { name: "purge-uploads", cron: "17 * * * *" },
] as const;
export type ScheduleName = (typeof SCHEDULES)[number]["name"];
