import NextAuth from "next-auth";
import { authOptions } from "#lib/auth/session.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

// Per request, because the options read the environment, which a build does not have.
const handler = (request: Request, context: Context) => NextAuth(authOptions())(request, context);

export { handler as GET, handler as POST };
