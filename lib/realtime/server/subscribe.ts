import { z } from "zod";
import type { Connection } from "./connection.ts";
import { type PresenceMember, parseMember } from "./presence.ts";
import { type ChannelKind, channelKind, userChannel } from "./protocol.ts";
import type { AppScope } from "./settings.ts";
import { mayJoin } from "./signature.ts";

const Subscription = z.object({
  channel: z.string(),
  auth: z.string().nullish(),
  channel_data: z.string().nullish(),
});

type Request = z.infer<typeof Subscription>;
type Refusal = { type: "AuthError" | "LimitReached"; error: string; status: number };
type Admission = { kind: ChannelKind; member: PresenceMember | null };

/**
 * Answers `pusher:subscribe`. A refusal names the channel and leaves the connection as it is: one
 * forbidden channel must not cost the browser all others.
 */
export function subscribe(scope: AppScope, connection: Connection, data: unknown): void {
  const request = Subscription.safeParse(data);
  if (!request.success) {
    connection.complain("pusher:subscribe needs data with a channel");
    return;
  }
  const { channel: name } = request.data;
  const admission = admit(scope, connection, request.data);
  if ("error" in admission) {
    scope.settings.counters.subscriptionsRefused += 1;
    connection.sendSystem("pusher:subscription_error", admission, name);
    return;
  }
  const joined = connection.subscriptions.has(name) ? scope.rooms.channels.get(name) : undefined;
  const channel = joined ?? scope.rooms.join(connection, name, admission.kind, admission.member);
  connection.sendSystem("pusher_internal:subscription_succeeded", channel.members?.snapshot() ?? {}, name);
}

/** Answers `pusher:unsubscribe`, which expects no reply. */
export function unsubscribe(scope: AppScope, connection: Connection, data: unknown): void {
  const request = Subscription.pick({ channel: true }).safeParse(data);
  if (request.success) scope.rooms.leave(connection, request.data.channel);
}

function admit(scope: AppScope, connection: Connection, request: Request): Admission | Refusal {
  const kind = channelKind(request.channel);
  if (!kind) return denied("The channel name is not valid", 400);
  const refusal = accessRefusal(scope, connection, kind, request);
  if (refusal) return refusal;
  const member =
    kind === "presence" ? parseMember(request.channel_data ?? undefined, scope.settings.limits) : null;
  if (typeof member === "string") return denied(member, 400);
  return roomRefusal(scope, connection, request.channel, member) ?? { kind, member };
}

/** May this connection see this channel at all? */
function accessRefusal(
  { app, settings }: AppScope,
  { socketId, userId }: Connection,
  kind: ChannelKind,
  { channel, auth, channel_data: channelData }: Request,
): Refusal | null {
  if (kind === "public") {
    return settings.allowPublic ? null : denied("Public channels are switched off on this server");
  }
  if (kind === "user") {
    const own = userId !== undefined && channel === userChannel(userId);
    return own ? null : denied("The connection is not signed in as this user");
  }
  return mayJoin(app, { socketId, channel, auth: auth ?? "", channelData: channelData ?? undefined })
    ? null
    : denied("The signature is not valid for this connection and channel");
}

/** Is there room, and does a repeated subscription name the same person? */
function roomRefusal(
  { rooms, settings }: AppScope,
  connection: Connection,
  name: string,
  member: PresenceMember | null,
): Refusal | null {
  const { limits } = settings;
  const channel = rooms.channels.get(name);
  if (connection.subscriptions.has(name)) {
    const userId = channel?.subscribers.get(connection) ?? null;
    return userId === (member?.userId ?? null) ? null : denied("Already subscribed as another user", 409);
  }
  if (connection.subscriptions.size >= limits.subscriptionsPerConnection) {
    return full(`A connection may have ${limits.subscriptionsPerConnection} subscriptions`, 429);
  }
  const members = channel?.members;
  if (member && members && !members.has(member.userId) && members.size >= limits.presenceMembers) {
    return full(`The channel has reached its limit of ${limits.presenceMembers} members`, 4004);
  }
  return null;
}

function denied(error: string, status = 401): Refusal {
  return { type: "AuthError", error, status };
}

function full(error: string, status: number): Refusal {
  return { type: "LimitReached", error, status };
}
