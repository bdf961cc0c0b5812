import { checkHealth } from "#lib/domain/health/check-health.ts";

export const dynamic = "force-dynamic";

/** For people and load balancers. Says 503 only when nothing works without it: the database. */
export async function GET(): Promise<Response> {
  const health = await checkHealth();
  return Response.json(health, {
    status: health.database.status === "ok" ? 200 : 503,
    headers: { "cache-control": "no-store" },
  });
}
