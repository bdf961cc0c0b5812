import { z } from "zod";
import { ERROR_CODES } from "#lib/kernel/errors.ts";
import { idSchema, Moment } from "#lib/kernel/id-schema.ts";
import { PageQuery } from "#lib/kernel/page-schema.ts";

export const INBOUND_EVENT_STATUSES = ["pending", "processed", "ignored", "failed"] as const;
export type InboundEventStatus = (typeof INBOUND_EVENT_STATUSES)[number];

/** A search by text examines this many rows per page; counting and replaying look further. */
export const SEARCH_ROWS_MAX = 5_000;
export const SEARCH_ROWS_MAX_AT_ONCE = 20_000;
export const REPLAY_MAX = 10_000;
export const RETENTION_DAYS_MIN = 1;
export const RETENTION_DAYS_MAX = 365;

const At = z.iso.datetime({ offset: true });

const conditions = {
  channelId: idSchema("channel").optional(),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9._-]{0,63}$/)
    .optional()
    .meta({ description: "For example `messages.upsert`." }),
  status: z.enum(INBOUND_EVENT_STATUSES).optional(),
  from: At.optional().meta({ description: "Received at or after." }),
  to: At.optional().meta({ description: "Received before." }),
  q: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .optional()
    .meta({
      description: `An event id, a content hash or a chat key finds exactly that. Other text is looked for in the bodies, at most ${SEARCH_ROWS_MAX} events a page; \`searched\` in the answer says how far.`,
    }),
};

/** Which events; nothing given means all. */
export const InboundEventFilter = z.strictObject(conditions);
export type InboundEventFilter = z.infer<typeof InboundEventFilter>;

export const ListInboundEvents = PageQuery.extend(conditions);
export type ListInboundEvents = z.infer<typeof ListInboundEvents>;

/** One thing an event became; `conversationId` where it can be seen in a chat. */
const Became = z.object({
  kind: z.string(),
  id: z.string().exactOptional(),
  reason: z.string().exactOptional(),
  conversationId: idSchema("conversation").exactOptional(),
});
export type Became = z.infer<typeof Became>;

export const InboundEventView = z.object({
  id: idSchema("inboundEvent"),
  channelId: idSchema("channel"),
  name: z.string(),
  /** Events of one chat key are applied in order of arrival. */
  chatKey: z.string(),
  status: z.enum(INBOUND_EVENT_STATUSES),
  became: z.array(Became),
  error: z.object({ code: z.enum(ERROR_CODES), detail: z.string().exactOptional() }).nullable(),
  attempts: z.number().int(),
  receivedAt: Moment,
  processedAt: Moment.nullable(),
});
export type InboundEventView = z.infer<typeof InboundEventView>;

export const InboundEventDetail = InboundEventView.extend({
  headers: z.record(z.string(), z.string()),
  contentHash: z.string(),
  /** The JSON as it came, indented, without keys and secrets. */
  body: z.string(),
  bodyBytes: z.number().int(),
  bodyTruncated: z.boolean(),
});
export type InboundEventDetail = z.infer<typeof InboundEventDetail>;

/** How far a search by text has looked: every event since `until`, or all there is. */
const Searched = z.object({ rows: z.number().int(), until: Moment.nullable(), complete: z.boolean() });

export const InboundEventPage = z.object({
  data: z.array(InboundEventView),
  next: z.string().nullable(),
  searched: Searched.exactOptional(),
});
export type InboundEventPage = z.infer<typeof InboundEventPage>;

/** `complete` is false when there are more than `count`, or a search by text had to stop. */
export const InboundEventCount = z.object({ count: z.number().int(), complete: z.boolean() });
export type InboundEventCount = z.infer<typeof InboundEventCount>;

export const ReplayInboundEvents = z
  .strictObject({
    ids: z.array(idSchema("inboundEvent")).min(1).max(REPLAY_MAX).optional(),
    filter: InboundEventFilter.optional(),
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    error: "needs either ids or a filter",
  });
export type ReplayInboundEvents = z.infer<typeof ReplayInboundEvents>;

export const Replayed = z.object({ queued: z.number().int() });
export type Replayed = z.infer<typeof Replayed>;
