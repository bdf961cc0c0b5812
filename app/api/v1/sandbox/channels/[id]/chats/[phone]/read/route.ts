import { callSandboxOf } from "#lib/domain/sandbox/call-sandbox.ts";
import { ReadAsCustomer, SandboxChatParams } from "#lib/domain/sandbox/schema.ts";
import { noContent, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "sandbox.read", params: SandboxChatParams, body: ReadAsCustomer, role: "agent", scope: "none" },
  async ({ ctx, params, body }) => {
    await callSandboxOf(ctx, params.id, (sandbox, instance) => sandbox.read(instance, params.phone, body));
    return noContent();
  },
);
