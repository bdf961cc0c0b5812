import { playScenario } from "#lib/domain/sandbox/play-scenario.ts";
import { PlayScenario, SandboxParams } from "#lib/domain/sandbox/schema.ts";
import { noContent, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "sandbox.scenario", params: SandboxParams, body: PlayScenario, role: "agent", scope: "none" },
  async ({ ctx, params, body }) => {
    await playScenario(ctx, params.id, body);
    return noContent();
  },
);
