import { callSandboxOf } from "#lib/domain/sandbox/call-sandbox.ts";
import { SandboxParams, ScanCode } from "#lib/domain/sandbox/schema.ts";
import { noContent, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "sandbox.scan", params: SandboxParams, body: ScanCode, role: "agent", scope: "none" },
  async ({ ctx, params, body: { phone, name } }) => {
    await callSandboxOf(ctx, params.id, (sandbox, instance) =>
      sandbox.scan(instance, { phone, ...(name && { name }) }),
    );
    return noContent();
  },
);
