import type { AuthOptions } from "next-auth";
import { encode } from "next-auth/jwt";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { isDatabaseDown } from "#lib/db/client.ts";
import { logIn } from "#lib/domain/users/system.ts";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { logger } from "#lib/kernel/logger.ts";
import { storableText } from "#lib/kernel/text-schema.ts";
import { clientAddress } from "./client-address.ts";
import { limitRate } from "./rate-limit.ts";
import { sessionUser } from "./system.ts";

/** Written as stored, so that blanks and capitals give no further attempts at the same account. */
const Credentials = z.object({
  email: storableText().max(254).trim().toLowerCase().min(3),
  password: z.string().min(1).max(200),
});

/** What the session cookie says; whether it still holds, `sessionUser` asks the database. */
export const SessionToken = z.object({ sub: z.string(), epoch: z.number().int() });

export const SESSION_DAYS = 30;

/** Sessions are next-auth's signed and encrypted cookies (HttpOnly, SameSite=Lax, Secure under https). */
export function authOptions(): AuthOptions {
  return {
    secret: env().AUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_DAYS * 86_400 },
    pages: { signIn: "/login", error: "/login" },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: "email" }, password: { type: "password" } },
        authorize: (input, request) => authorize(input, clientAddress(request.headers)),
      }),
    ],
    logger: {
      error: (code, metadata) => logger.debug({ code, metadata }, "next-auth"),
      warn: (code) => logger.debug({ code }, "next-auth"),
      debug: () => {},
    },
    callbacks: {
      async jwt({ token, user }) {
        if (user) return Object.assign(token, { sub: user.id, epoch: user.epoch });
        // Thrown, next-auth answers "nobody" and takes the cookie back instead of renewing it.
        if (!(await isHeld(token))) throw new Error("session ended");
        return token;
      },
      session({ session, token }) {
        return { ...session, user: { ...session.user, id: token.sub } };
      },
    },
  };
}

async function isHeld(token: unknown): Promise<boolean> {
  const { data } = SessionToken.safeParse(token);
  return data !== undefined && (await sessionUser(data.sub, data.epoch)) !== null;
}

/** The error's message is its code: next-auth hands it to the page as `error`. */
async function authorize(input: unknown, address: string) {
  const given = Credentials.safeParse(input);
  if (!given.success) throw new Error("wrong_credentials" satisfies AppError["code"]);
  const { email, password } = given.data;
  try {
    await limitRate("log-in", `${address}|${email}`);
    await limitRate("log-in-address", address);
    const { user, sessionEpoch } = await logIn(email, password);
    return { id: user.id, email: user.email, name: user.name, epoch: sessionEpoch };
  } catch (error) {
    if (!(error instanceof AppError)) {
      // Its own text would be shown in the page's address.
      const code = isDatabaseDown(error) ? "database_unavailable" : "internal";
      logger.error({ err: error, code }, "log-in failed");
      throw new Error(code satisfies AppError["code"]);
    }
    throw new Error(error.retryAfterS ? `${error.code}:${error.retryAfterS}` : error.code);
  }
}

/** Puts a cookie of the new epoch on the answer: the session that changed the password goes on. */
export async function renewSession(
  response: Response,
  request: Request,
  user: { id: string; email: string; name: string },
  epoch: number,
) {
  const secure = (request.headers.get("cookie") ?? "").includes("__Secure-next-auth.session-token");
  const maxAge = SESSION_DAYS * 86_400;
  const token = await encode({
    token: { sub: user.id, email: user.email, name: user.name, epoch },
    secret: env().AUTH_SECRET,
    maxAge,
  });
  const name = secure ? "__Secure-next-auth.session-token" : "next-auth.session-token";
  const attributes = [
    "Path=/",
    "HttpOnly",
    "SameSite=Lax",
    `Max-Age=${maxAge}`,
    ...(secure ? ["Secure"] : []),
  ];
  response.headers.append("set-cookie", [`${name}=${token}`, ...attributes].join("; "));
  return response;
}
