import { callSandboxOf } from "#lib/domain/sandbox/call-sandbox.ts";
import { listSandboxMessages } from "#lib/domain/sandbox/queries.ts";
import { SandboxChatParams, WriteAsCustomer } from "#lib/domain/sandbox/schema.ts";
import { created, ok, route } from "#lib/http/route.ts";

export const GET = route(
  { name: "sandbox.messages", params: SandboxChatParams, role: "agent", scope: "none" },
  async ({ ctx, params }) => ok({ data: await listSandboxMessages(ctx, params.id, params.phone) }),
);

export const POST = route(
  { name: "sandbox.write", params: SandboxChatParams, body: WriteAsCustomer, role: "agent", scope: "none" },
  async ({ ctx, params, body }) =>
    created(
      await callSandboxOf(ctx, params.id, (sandbox, instance) => sandbox.write(instance, params.phone, body)),
    ),
);
