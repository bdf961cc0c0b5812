import { decode } from "next-auth/jwt";
import { KEY_PREFIX } from "#lib/domain/api-keys/create-api-key.ts";
import { SCOPES, type Scope } from "#lib/domain/api-keys/schema.ts";
import type { Actor, Ctx, Role } from "#lib/domain/context.ts";
import { sha256 } from "#lib/kernel/crypto.ts";
import { env } from "#lib/kernel/env.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { SessionToken } from "./session.ts";
import { apiKeyOwner, type Membership, type SignedInUser, sessionUser } from "./system.ts";

/** Names the workspace a browser works in, for people who belong to several. */
export const TENANT_HEADER = "x-recado-tenant";
const COOKIES = ["__Secure-next-auth.session-token", "next-auth.session-token"];

export type RequestAuth =
  | { kind: "session"; ctx: Ctx; signedIn: SignedInUser; membership: Membership }
  | { kind: "api_key"; ctx: Ctx; scopes: Scope[] };

/** Who sends this request and for which tenant; throws `unauthenticated`, or `not_found` for a foreign tenant. */
export async function authenticate(request: Request): Promise<RequestAuth> {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (bearer) return byApiKey(bearer.trim());
  const signedIn = await signedInUser(readCookie(request.headers.get("cookie") ?? ""));
  if (!signedIn) throw new AppError("unauthenticated");
  return bySession(signedIn, request.headers.get(TENANT_HEADER) ?? workspaceInUrl(request));
}

/** Pictures and players of a page fetch by address alone and cannot send the header (media/present.ts). */
function workspaceInUrl(request: Request): string | null {
  if (request.method !== "GET" && request.method !== "HEAD") return null;
  return new URL(request.url).searchParams.get("workspace");
}

async function byApiKey(key: string): Promise<RequestAuth> {
  const owner = key.startsWith(KEY_PREFIX) ? await apiKeyOwner(sha256(key)) : null;
  if (!owner) throw new AppError("unauthenticated");
  const actor: Actor = { kind: "api_key", apiKeyId: owner.apiKeyId, name: owner.name, role: "admin" };
  const scopes = SCOPES.filter((scope) => owner.scopes.includes(scope));
  return { kind: "api_key", ctx: { tenantId: owner.tenantId, actor }, scopes };
}

function bySession(signedIn: SignedInUser, wanted: string | null): RequestAuth {
  const membership = wanted
    ? signedIn.memberships.find(({ tenant }) => tenant.id === wanted || tenant.slug === wanted)
    : signedIn.memberships[0];
  if (!membership) throw new AppError("not_found");
  return { kind: "session", ctx: memberContext(signedIn, membership), signedIn, membership };
}

export function memberContext(signedIn: SignedInUser, membership: Membership): Ctx {
  const { memberId, role, name, tenant } = membership;
  return { tenantId: tenant.id, actor: { kind: "member", memberId, userId: signedIn.user.id, role, name } };
}

/** Null without a session, or with one that was ended. */
export async function signedInUser(cookie: string | undefined): Promise<SignedInUser | null> {
  if (!cookie) return null;
  const token = SessionToken.safeParse(
    await decode({ token: cookie, secret: env().AUTH_SECRET }).catch(() => null),
  );
  return token.success ? sessionUser(token.data.sub, token.data.epoch) : null;
}

/** next-auth cuts cookies over 4 KB into parts; ours never are. */
function readCookie(header: string): string | undefined {
  for (const part of header.split(/;\s*/)) {
    const [name, ...value] = part.split("=");
    if (name && COOKIES.includes(name)) return decodeURIComponent(value.join("="));
  }
  return undefined;
}

const RANK: Record<Role, number> = { agent: 0, admin: 1, owner: 2 };

export function hasRole(actor: Actor, least: Role): boolean {
  return actor.kind === "system" || RANK[actor.role] >= RANK[least];
}
