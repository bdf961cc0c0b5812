/**
 * The words of Pusher Channels protocol 7 (https://pusher.com/docs/channels/library_auth_reference/pusher-websockets-protocol/).
 *
 * What pusher-js 8.6 does with a close code: 4000-4099 never comes back, 4100-4199 comes back after a
 * second, 4200-4299 at once. A 42xx before `connection_established` therefore makes a browser reconnect
 * hundreds of times a second, and a 43xx as a close code ends it for good: 4301 is only ever a frame.
 */
export const CODES = {
  appUnknown: 4001,
  appDisabled: 4003,
  versionMalformed: 4006,
  protocolUnsupported: 4007,
  protocolMissing: 4008,
  unauthorized: 4009,
  overCapacity: 4100,
  reconnect: 4200,
  pongMissing: 4201,
  clientEventRefused: 4301,
} as const;

export type ErrorCode = (typeof CODES)[keyof typeof CODES];

export const PROTOCOL_VERSION = 7;
export const SOCKET_ID = /^\d+\.\d+$/;

/** `user` is the channel of one signed-in user, which the SDK's `sendToUser` writes to. */
export type ChannelKind = "public" | "private" | "encrypted" | "presence" | "user";

const USER_CHANNEL_PREFIX = "#server-to-user-";
const CHANNEL_NAME = /^[A-Za-z0-9_\-=@,.;]{1,200}$/;

/** Null for a name that no channel can have. */
export function channelKind(name: string): ChannelKind | null {
  if (name.length > 200) return null;
  if (name.startsWith(USER_CHANNEL_PREFIX)) {
    return CHANNEL_NAME.test(name.slice(1)) && name.length > USER_CHANNEL_PREFIX.length ? "user" : null;
  }
  if (!CHANNEL_NAME.test(name)) return null;
  if (name.startsWith("private-encrypted-")) return "encrypted";
  if (name.startsWith("private-")) return "private";
  if (name.startsWith("presence-")) return "presence";
  return "public";
}

export function userChannel(userId: string): string {
  return USER_CHANNEL_PREFIX + userId;
}

/** Serialised once, sent to any number of sockets. */
export type EncodedFrame = Buffer;

/** `data` goes out as a string holding JSON: pusher-js would take an object, other clients do not. */
export function eventFrame(event: string, data: string, channel?: string): EncodedFrame {
  return Buffer.from(JSON.stringify({ event, channel, data }));
}

export function systemFrame(event: string, data: object, channel?: string): EncodedFrame {
  return eventFrame(event, JSON.stringify(data), channel);
}

/** Browser to browsers: data as it came, and the sender only as the server knows it. */
export function clientEventFrame(
  event: string,
  channel: string,
  data: unknown,
  userId?: string,
): EncodedFrame {
  return Buffer.from(JSON.stringify({ event, channel, data, user_id: userId }));
}

export function errorFrame(message: string, code: number | null = null): EncodedFrame {
  return systemFrame("pusher:error", { code, message });
}
