import { z } from "zod";
import { RequestError } from "./http-answer.ts";
import { parseJson } from "./json.ts";
import type { Limits } from "./limits.ts";
import { channelKind, eventFrame, SOCKET_ID } from "./protocol.ts";
import { type ChannelInfo, describeChannel, parseInfo } from "./query-channels.ts";
import type { AppScope } from "./settings.ts";

const Event = z.object({
  name: z.string().min(1),
  data: z.string(),
  channel: z.string().optional(),
  channels: z.array(z.string()).optional(),
  socket_id: z.string().regex(SOCKET_ID).nullish(),
  info: z.string().nullish(),
});
const Batch = z.object({ batch: z.array(Event) });

type Publication = {
  name: string;
  data: string;
  channels: string[];
  exceptSocketId: string | undefined;
  info: ReadonlySet<keyof ChannelInfo>;
};

/** `POST /events`: one event to up to 100 channels. */
export function publishEvent(scope: AppScope, body: Buffer): object {
  const publication = checkEvent(parseAs(Event, body), scope.settings.limits);
  publish(scope, publication);
  if (publication.info.size === 0) return {};
  const { channels, info } = publication;
  return { channels: Object.fromEntries(channels.map((name) => [name, describeChannel(scope, name, info)])) };
}

/** `POST /batch_events`: up to ten events; all are checked before the first one leaves. */
export function publishBatch(scope: AppScope, body: Buffer): object {
  const { limits } = scope.settings;
  const { batch } = parseAs(Batch, body);
  if (batch.length > limits.eventsPerBatch) {
    throw new RequestError(400, `A batch may hold ${limits.eventsPerBatch} events`);
  }
  const publications = batch.map((event) => checkEvent(event, limits));
  for (const publication of publications) publish(scope, publication);
  if (publications.every(({ info }) => info.size === 0)) return {};
  return {
    batch: publications.map(({ channels, info }) => describeChannel(scope, channels[0] ?? "", info)),
  };
}

function publish(scope: AppScope, { name, data, channels, exceptSocketId }: Publication): void {
  scope.settings.counters.eventsPublished += 1;
  for (const channel of channels) {
    if (scope.rooms.channels.has(channel)) {
      scope.rooms.deliver(channel, eventFrame(name, data, channel), exceptSocketId);
    }
  }
}

function parseAs<T>(schema: z.ZodType<T>, body: Buffer): T {
  const parsed = schema.safeParse(parseJson(body.toString()));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RequestError(400, `${issue?.path.join(".") || "body"}: ${issue?.message ?? "not valid"}`);
}

function checkEvent(event: z.infer<typeof Event>, limits: Limits): Publication {
  const channels = [...new Set(event.channels ?? (event.channel === undefined ? [] : [event.channel]))];
  if (channels.length === 0) throw new RequestError(400, "An event needs a channel");
  if (channels.length > limits.channelsPerEvent) {
    throw new RequestError(400, `An event may go to ${limits.channelsPerEvent} channels`);
  }
  if (channels.some((name) => channelKind(name) === null)) {
    throw new RequestError(400, "A channel name is not valid");
  }
  if (event.name.length > limits.eventNameLength) {
    throw new RequestError(400, `The name of an event may have ${limits.eventNameLength} characters`);
  }
  // These are the server's own words to a client: nobody else may put them in its mouth.
  if (/^pusher(_internal)?:/.test(event.name))
    throw new RequestError(400, "The name of the event is reserved");
  if (Buffer.byteLength(event.data) > limits.eventDataBytes) {
    throw new RequestError(413, `The data of an event must not exceed ${limits.eventDataBytes} bytes`);
  }
  return {
    name: event.name,
    data: event.data,
    channels,
    exceptSocketId: event.socket_id ?? undefined,
    info: parseInfo(event.info ?? undefined),
  };
}
