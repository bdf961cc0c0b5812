import { z } from "zod";
import type { Connection } from "./connection.ts";
import { parseJson } from "./json.ts";
import { CODES } from "./protocol.ts";
import type { AppScope } from "./settings.ts";
import { maySignIn } from "./signature.ts";

const SignIn = z.object({ auth: z.string(), user_data: z.string() });
const UserData = z.object({ id: z.string().min(1) });

/**
 * Answers `pusher:signin`. A browser that cannot prove who it is gets closed: the app ends sessions by
 * user, so a socket of nobody would outlive them.
 */
export function signIn(scope: AppScope, connection: Connection, data: unknown): void {
  const user = provenUser(scope, connection, data);
  if (user === null) {
    connection.close(CODES.unauthorized, "The sign-in is not valid");
  } else if (connection.userId !== undefined && connection.userId !== user.id) {
    connection.close(CODES.unauthorized, "The connection is signed in as another user");
  } else {
    scope.rooms.signIn(connection, user.id);
    connection.sendSystem("pusher:signin_success", { user_data: user.userData });
  }
}

function provenUser({ app, settings }: AppScope, connection: Connection, data: unknown) {
  const request = SignIn.safeParse(data);
  if (!request.success) return null;
  const { auth, user_data: userData } = request.data;
  if (!maySignIn(app, { socketId: connection.socketId, auth, userData })) return null;
  const user = UserData.safeParse(parseJson(userData));
  if (!user.success || user.data.id.length > settings.limits.userIdLength) return null;
  return { id: user.data.id, userData };
}

/** Closes every socket that is signed in as the user; their browsers stay away until told otherwise. */
export function terminateUser({ rooms }: AppScope, userId: string): void {
  for (const connection of [...(rooms.users.get(userId) ?? [])]) {
    connection.close(CODES.unauthorized, "The user was signed out");
  }
}
