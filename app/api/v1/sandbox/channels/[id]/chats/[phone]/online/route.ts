import { callSandboxOf } from "#lib/domain/sandbox/call-sandbox.ts";
import { CustomerOnline, SandboxChatParams } from "#lib/domain/sandbox/schema.ts";
import { noContent, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "sandbox.online", params: SandboxChatParams, body: CustomerOnline, role: "agent", scope: "none" },
  async ({ ctx, params, body }) => {
    await callSandboxOf(ctx, params.id, (sandbox, instance) =>
      sandbox.setOnline(instance, params.phone, body.online),
    );
    return noContent();
  },
);
