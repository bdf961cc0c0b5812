import { z } from "zod";
import { idSchema, Moment } from "#lib/kernel/id-schema.ts";

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: "must be a time such as 21:30" });

const QuietHours = z
  .strictObject({ from: TimeOfDay, to: TimeOfDay })
  .refine(({ from, to }) => from !== to, { error: "must begin and end at different times", path: ["to"] });

const JitterMs = z
  .tuple([z.number().int().min(0).max(60_000), z.number().int().min(0).max(60_000)])
  .refine(([least, most]) => least <= most, { error: "must be the least and the most" });

const SHAPE = {
  /** All messages of the channel. Null: pacing is off, and nothing waits but for a hard stop. */
  perMinute: z.number().int().min(1).max(600).nullable(),
  /** A pause of random length after each campaign message and API first contact. */
  jitterMs: JitterMs,
  /** Chats opened with people who have never written. */
  firstContactsPerDay: z.number().int().min(0).max(5000),
  /** Fewer first contacts in the first days of a connection. */
  warmUp: z.boolean(),
  /** When campaign messages and API first contacts wait, on the clock of the business. Replies never do. */
  quietHours: QuietHours.nullable(),
};

/** How `channels.pacing` is stored; what is missing is as usual. */
export const PacingSettings = z.object({
  perMinute: SHAPE.perMinute.default(50),
  jitterMs: SHAPE.jitterMs.default([300, 1500]),
  firstContactsPerDay: SHAPE.firstContactsPerDay.default(150),
  warmUp: SHAPE.warmUp.default(true),
  quietHours: SHAPE.quietHours.default(null),
});
export type PacingSettings = z.infer<typeof PacingSettings>;

export const DEFAULT_PACING = PacingSettings.parse({});

export function readPacing(stored: unknown): PacingSettings {
  return PacingSettings.safeParse(stored).data ?? DEFAULT_PACING;
}

/** Body of PATCH /channels/{id}/pacing. */
export const UpdatePacing = z.strictObject({
  perMinute: SHAPE.perMinute.optional(),
  jitterMs: SHAPE.jitterMs.optional(),
  firstContactsPerDay: SHAPE.firstContactsPerDay.optional(),
  warmUp: SHAPE.warmUp.optional(),
  quietHours: SHAPE.quietHours.optional(),
});
export type UpdatePacing = z.infer<typeof UpdatePacing>;

/**
 * Why sending was stopped.
 *   restricted   WhatsApp said that this number may not open chats (its error 463)
 *   refusals     the last first contacts in a row were all refused
 *   banned       WhatsApp closed the connection for good (403)
 *   logged_out   WhatsApp logged the number out (401) while it was writing to people by itself
 *   silent       messages leave, and not one tick comes back
 */
export const STOP_REASONS = ["restricted", "refusals", "banned", "logged_out", "silent"] as const;
export type StopReason = (typeof STOP_REASONS)[number];

export const PacingView = z.object({
  channelId: idSchema("channel"),
  settings: PacingSettings,
  today: z.object({
    firstContacts: z.number().int(),
    /** Null while pacing is off. */
    firstContactsMax: z.number().int().nullable(),
    /** From 1; null once the number is warm, or with warm-up off. */
    warmUpDay: z.number().int().nullable(),
    /** End of the quiet hours that are now. */
    quietUntil: Moment.nullable(),
  }),
  /** Messages that wait on this channel. */
  waiting: z.number().int(),
  stopped: z.object({ at: Moment, reason: z.enum(STOP_REASONS) }).nullable(),
});
export type PacingView = z.infer<typeof PacingView>;
