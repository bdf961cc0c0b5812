import { z } from "zod";
import { parseJson } from "./json.ts";
import type { Limits } from "./limits.ts";

export type PresenceMember = { userId: string; userInfo: unknown };

const ChannelData = z.object({
  user_id: z.union([z.string(), z.number().transform(String)]),
  user_info: z.unknown().optional(),
});

/** The member a signed `channel_data` names, or what is wrong with it. */
export function parseMember(channelData: string | undefined, limits: Limits): PresenceMember | string {
  if (channelData === undefined) return "A presence channel needs channel_data";
  const parsed = ChannelData.safeParse(parseJson(channelData));
  if (!parsed.success) return "channel_data must be JSON with a user_id";
  const { user_id: userId, user_info: userInfo } = parsed.data;
  if (userId === "" || userId.length > limits.userIdLength) {
    return `user_id must have 1 to ${limits.userIdLength} characters`;
  }
  if (userInfo !== undefined && Buffer.byteLength(JSON.stringify(userInfo)) > limits.userInfoBytes) {
    return `user_info must not exceed ${limits.userInfoBytes} bytes`;
  }
  return { userId, userInfo: userInfo ?? null };
}

/**
 * Who is in one presence channel. A person with three tabs is one member: they arrive with the first
 * socket and are gone with the last.
 */
export class PresenceMembers {
  readonly #members = new Map<string, { info: unknown; sockets: number }>();

  get size(): number {
    return this.#members.size;
  }

  has(userId: string): boolean {
    return this.#members.has(userId);
  }

  userIds(): string[] {
    return [...this.#members.keys()];
  }

  /** True when this is the first socket of the user. */
  join(member: PresenceMember): boolean {
    const present = this.#members.get(member.userId);
    if (present) {
      present.sockets += 1;
      return false;
    }
    this.#members.set(member.userId, { info: member.userInfo, sockets: 1 });
    return true;
  }

  /** True when that was the last socket of the user. */
  leave(userId: string): boolean {
    const present = this.#members.get(userId);
    if (!present) return false;
    present.sockets -= 1;
    return present.sockets === 0 && this.#members.delete(userId);
  }

  /** What a newcomer is told, itself included. */
  snapshot() {
    return {
      presence: {
        ids: this.userIds(),
        // fromEntries makes own properties of any id, `__proto__` too.
        hash: Object.fromEntries([...this.#members].map(([userId, { info }]) => [userId, info])),
        count: this.size,
      },
    };
  }
}
