import { expect, test } from "vitest";
import { readSources } from "./source-files.ts";

/**
 * A TenantId is proof of scope. These are the places where one comes into being; everywhere else it is
 * handed on. Whoever adds a line here answers the question: how do we know that this caller is of that tenant?
 */
const MINTS: Record<string, string> = {
  "lib/auth/system.ts": "the membership or API key that the credentials prove",
  "lib/domain/tenants/register-tenant.ts": "the tenant that this registration creates",
  "lib/domain/tenants/present.ts": "the tenant's own row, read under its policy or by lib/auth",
  "lib/domain/tenants/schema.ts": "the shape of our own answers; nothing that comes in is parsed by it",
  "lib/domain/inbound-events/channel-directory.ts": "the owner of the channel whose secret the webhook shows",
  "lib/domain/inbound-events/delete-old-events.ts":
    "each tenant's own row, for how long it keeps its own events",
  "lib/domain/inbound-events/spool.ts": "what this very process wrote down after verifying it",
  "lib/domain/users/system.ts": "the person's own memberships, for the audit log",
  "lib/queue/catalog.ts": "the job that a tenant's own transaction wrote",
  "lib/worker/event-relay.ts": "the row of the event that is published to that tenant alone",
  "lib/worker/schedules/check-channels.ts": "the row of the channel that is looked at",
  "lib/worker/schedules/probe-channels.ts": "the row of the channel that is asked",
  "lib/worker/schedules/purge-uploads.ts": "the row of the upload that nobody sent",
  "lib/worker/schedules/reconcile-channels.ts": "the row of the channel that is compared",
  "lib/realtime/channel-names.ts": "a name, of which lib/auth/channel-access.ts then asks whose it is",
};

const MINT = /\b(?:asId|newId|idSchema|isId|idParam)\(\s*"tenant"/;

test("a tenant id is minted only where somebody has proved to belong there", () => {
  const mints = readSources("app", "components", "lib")
    .filter(({ text }) => MINT.test(text))
    .map(({ path }) => path);
  expect(mints.sort()).toEqual(Object.keys(MINTS).sort());
});

test("no cast makes a tenant id out of a string", () => {
  const casts = readSources("app", "components", "lib", "prisma").filter(({ text }) =>
    /\bas (?:unknown as )?(?:TenantId|Id<"tenant">)/.test(text),
  );
  expect(casts.map(({ path }) => path)).toEqual([]);
});

test("the transactions that see every tenant are opened only by the named system functions", () => {
  const SYSTEM = /\b(?:systemTransaction|systemPool|databasePool)\(/;
  const allowed = [
    "lib/auth/rate-limit.ts",
    "lib/auth/system.ts",
    "lib/db/client.ts",
    "lib/db/notify.ts",
    "lib/db/system-pool.ts",
    "lib/domain/health/check-health.ts",
    "lib/domain/inbound-events/channel-directory.ts",
    "lib/domain/inbound-events/delete-old-events.ts",
    "lib/domain/inbound-events/record-inbound-event.ts",
    "lib/domain/tenants/register-tenant.ts",
    "lib/domain/users/system.ts",
    "lib/worker/event-relay.ts",
    "lib/worker/schedules/check-channels.ts",
    "lib/worker/schedules/probe-channels.ts",
    "lib/worker/schedules/purge-uploads.ts",
    "lib/worker/schedules/reconcile-channels.ts",
  ];
  const users = readSources("app", "components", "lib")
    .filter(({ text }) => SYSTEM.test(text))
    .map(({ path }) => path);
  expect(users.sort()).toEqual(allowed);
});
