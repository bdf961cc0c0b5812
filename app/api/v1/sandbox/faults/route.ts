import { callSandbox } from "#lib/domain/sandbox/call-sandbox.ts";
import { ChangeFaults } from "#lib/domain/sandbox/schema.ts";
import { ok, route } from "#lib/http/route.ts";

export const GET = route({ name: "sandbox.faults", role: "agent", scope: "none" }, async () =>
  ok(await callSandbox((sandbox) => sandbox.faults())),
);

/** The gateway is one for all tenants of this machine, and so are its faults. */
export const PATCH = route(
  { name: "sandbox.set-faults", body: ChangeFaults, role: "agent", scope: "none" },
  async ({ body }) => ok(await callSandbox((sandbox) => sandbox.setFaults(body))),
);
