import { callSandboxOf } from "#lib/domain/sandbox/call-sandbox.ts";
import { CustomerTyping, SandboxChatParams } from "#lib/domain/sandbox/schema.ts";
import { noContent, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "sandbox.presence", params: SandboxChatParams, body: CustomerTyping, role: "agent", scope: "none" },
  async ({ ctx, params, body }) => {
    await callSandboxOf(ctx, params.id, (sandbox, instance) => sandbox.typing(instance, params.phone, body));
    return noContent();
  },
);
