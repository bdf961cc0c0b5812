import { callSandboxOf } from "#lib/domain/sandbox/call-sandbox.ts";
import { SandboxParams } from "#lib/domain/sandbox/schema.ts";
import { noContent, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "sandbox.logout", params: SandboxParams, role: "agent", scope: "none" },
  async ({ ctx, params }) => {
    await callSandboxOf(ctx, params.id, (sandbox, instance) => sandbox.logout(instance));
    return noContent();
  },
);
