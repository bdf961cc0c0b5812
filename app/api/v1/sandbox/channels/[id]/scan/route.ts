import { scanCode } from "#lib/domain/sandbox/scan-code.ts";
import { SandboxParams, ScanCode } from "#lib/domain/sandbox/schema.ts";
import { noContent, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "sandbox.scan", params: SandboxParams, body: ScanCode, role: "agent", scope: "none" },
  async ({ ctx, params, body }) => {
    await scanCode(ctx, params.id, body);
    return noContent();
  },
);
