import { RequestError } from "./http-answer.ts";
import { channelKind } from "./protocol.ts";
import type { AppScope } from "./settings.ts";

/** What the API can tell about a channel; only what was asked for is there. */
export type ChannelInfo = { subscription_count?: number; user_count?: number };

const INFO = ["subscription_count", "user_count"] as const;

/** Reads `info=subscription_count,user_count`. Attributes we do not know are left out, as Pusher does. */
export function parseInfo(info: string | undefined): ReadonlySet<keyof ChannelInfo> {
  const asked = new Set((info ?? "").split(",").map((word) => word.trim()));
  return new Set(INFO.filter((word) => asked.has(word)));
}

/** `user_count` exists on presence channels only. */
export function describeChannel(
  { rooms }: AppScope,
  name: string,
  info: ReadonlySet<keyof ChannelInfo>,
): ChannelInfo {
  const channel = rooms.channels.get(name);
  const described: ChannelInfo = {};
  if (info.has("subscription_count")) described.subscription_count = channel?.subscribers.size ?? 0;
  if (info.has("user_count") && channelKind(name) === "presence") {
    described.user_count = channel?.members?.size ?? 0;
  }
  return described;
}

/** `GET /channels`: the occupied ones, narrowed by prefix. */
export function listChannels(scope: AppScope, params: ReadonlyMap<string, string>): object {
  const prefix = params.get("filter_by_prefix") ?? "";
  const info = parseInfo(params.get("info"));
  if (info.has("user_count") && !prefix.startsWith("presence-")) {
    throw new RequestError(400, "user_count needs filter_by_prefix=presence-");
  }
  const occupied = [...scope.rooms.channels.keys()].filter((name) => name.startsWith(prefix));
  return { channels: Object.fromEntries(occupied.map((name) => [name, describeChannel(scope, name, info)])) };
}

/** `GET /channels/{name}`. */
export function getChannel(scope: AppScope, name: string, params: ReadonlyMap<string, string>): object {
  const kind = requireKind(name);
  const info = parseInfo(params.get("info"));
  if (info.has("user_count") && kind !== "presence") {
    throw new RequestError(400, "user_count needs a presence channel");
  }
  return { occupied: scope.rooms.channels.has(name), ...describeChannel(scope, name, info) };
}

/** `GET /channels/{name}/users`. */
export function listUsers({ rooms }: AppScope, name: string): object {
  if (requireKind(name) !== "presence") throw new RequestError(400, "Only presence channels have users");
  const userIds = rooms.channels.get(name)?.members?.userIds() ?? [];
  return { users: userIds.map((id) => ({ id })) };
}

function requireKind(name: string) {
  const kind = channelKind(name);
  if (!kind) throw new RequestError(400, "The channel name is not valid");
  return kind;
}
