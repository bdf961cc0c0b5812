import { clientAddress } from "#lib/auth/client-address.ts";
import { constantTimeEqual } from "#lib/kernel/crypto.ts";
import { env } from "#lib/kernel/env.ts";
import { registry } from "#lib/kernel/metrics.ts";

export const dynamic = "force-dynamic";

const LOOPBACK = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/** Prometheus text of the web process: with METRICS_TOKEN as bearer, or from this machine itself. */
export async function GET(request: Request): Promise<Response> {
  const token = env().METRICS_TOKEN;
  const given = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const allowed = token
    ? given !== undefined && constantTimeEqual(given, token)
    : LOOPBACK.has(clientAddress(request.headers));
  if (!allowed) return new Response(null, { status: 404 });
  return new Response(await registry.metrics(), { headers: { "content-type": registry.contentType } });
}
