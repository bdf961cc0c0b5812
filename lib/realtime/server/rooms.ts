import type { Connection } from "./connection.ts";
import { type PresenceMember, PresenceMembers } from "./presence.ts";
import { type ChannelKind, type EncodedFrame, systemFrame } from "./protocol.ts";

/** A channel exists while somebody is subscribed to it. */
export type Channel = {
  name: string;
  kind: ChannelKind;
  /** Each subscriber, on a presence channel with the user it came as. */
  subscribers: Map<Connection, string | null>;
  members: PresenceMembers | null;
};

/** All live state of one app. Nothing here outlives the socket that caused it. */
export class Rooms {
  readonly connections = new Map<string, Connection>();
  readonly channels = new Map<string, Channel>();
  readonly users = new Map<string, Set<Connection>>();

  /** Adds a subscriber, makes the channel when it is the first, and tells the other members. */
  join(connection: Connection, name: string, kind: ChannelKind, member: PresenceMember | null): Channel {
    const channel = this.channels.get(name) ?? newChannel(name, kind);
    this.channels.set(name, channel);
    channel.subscribers.set(connection, member?.userId ?? null);
    connection.subscriptions.add(name);
    if (member && channel.members?.join(member)) {
      const added = { user_id: member.userId, user_info: member.userInfo };
      this.deliver(name, systemFrame("pusher_internal:member_added", added, name), connection.socketId);
    }
    return channel;
  }

  leave(connection: Connection, name: string): void {
    const channel = this.channels.get(name);
    const userId = channel?.subscribers.get(connection);
    if (!channel || userId === undefined) return;
    channel.subscribers.delete(connection);
    connection.subscriptions.delete(name);
    if (channel.subscribers.size === 0) this.channels.delete(name);
    if (userId !== null && channel.members?.leave(userId)) {
      this.deliver(name, systemFrame("pusher_internal:member_removed", { user_id: userId }, name));
    }
  }

  signIn(connection: Connection, userId: string): void {
    connection.userId = userId;
    const sockets = this.users.get(userId) ?? new Set();
    this.users.set(userId, sockets.add(connection));
  }

  /** Forgets a connection everywhere; the second call finds nothing to do. */
  remove(connection: Connection): void {
    this.connections.delete(connection.socketId);
    for (const name of [...connection.subscriptions]) this.leave(connection, name);
    if (connection.userId === undefined) return;
    const sockets = this.users.get(connection.userId);
    sockets?.delete(connection);
    if (sockets?.size === 0) this.users.delete(connection.userId);
  }

  /** Sends one frame to every subscriber but the excepted socket. */
  deliver(name: string, frame: EncodedFrame, exceptSocketId?: string): void {
    const channel = this.channels.get(name);
    if (!channel) return;
    for (const connection of channel.subscribers.keys()) {
      if (connection.socketId !== exceptSocketId) connection.send(frame);
    }
  }
}

function newChannel(name: string, kind: ChannelKind): Channel {
  const members = kind === "presence" ? new PresenceMembers() : null;
  return { name, kind, subscribers: new Map(), members };
}
