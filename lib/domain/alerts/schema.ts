import { z } from "zod";
import { ChannelErrorCode } from "#lib/domain/channels/schema.ts";
import { idSchema, Moment } from "#lib/kernel/id-schema.ts";

/** `sending_stopped`: pacing stopped a number's sends on signs of a restriction. */
export const ALERT_KINDS = ["channel_down", "channel_unresponsive", "sending_stopped"] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

export const AlertView = z.object({
  id: idSchema("alert"),
  kind: z.enum(ALERT_KINDS),
  channelId: idSchema("channel").nullable(),
  channelName: z.string(),
  /** E.164. */
  phone: z.string().nullable(),
  /** The cause: a coded failure or `disconnect.<cause>`. Null for `sending_stopped`. */
  code: ChannelErrorCode.nullable(),
  /** When the trouble began; `at` is when it was told. */
  since: Moment,
  at: Moment,
  mailedAt: Moment.nullable(),
  dismissedAt: Moment.nullable(),
  resolvedAt: Moment.nullable(),
});
export type AlertView = z.infer<typeof AlertView>;
