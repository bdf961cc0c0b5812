import { getSandboxState } from "#lib/domain/sandbox/queries.ts";
import { SandboxParams } from "#lib/domain/sandbox/schema.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "sandbox.channel", params: SandboxParams, role: "agent", scope: "none" },
  async ({ ctx, params }) => ok(await getSandboxState(ctx, params.id)),
);
