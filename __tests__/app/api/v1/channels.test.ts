import "#__tests__/support/database.ts";
import { afterEach, describe, expect, test } from "vitest";
import { call } from "#__tests__/support/api.ts";
import { countOf, skipWaits, sql } from "#__tests__/support/database-rows.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { until } from "#__tests__/support/until.ts";
import { aWorkspace } from "#__tests__/support/workspace.ts";
import { POST as connect } from "#app/api/v1/channels/[id]/connect/route.ts";
import { POST as disconnect } from "#app/api/v1/channels/[id]/disconnect/route.ts";
import { GET as qr } from "#app/api/v1/channels/[id]/qr/route.ts";
import { POST as restart } from "#app/api/v1/channels/[id]/restart/route.ts";
import { DELETE, GET as getOne, PATCH } from "#app/api/v1/channels/[id]/route.ts";
import { GET as timeline } from "#app/api/v1/channels/[id]/timeline/route.ts";
import { GET, POST } from "#app/api/v1/channels/route.ts";
import { ChannelView } from "#lib/domain/channels/schema.ts";

afterEach(() => phones.scenario({ name: "calm" }));

const NEW = { kind: "evolution", name: "Ventas" };
let numbers = 0;

/** A channel made through the API, and how its people speak of it. */
async function aChannelOfOurs() {
  const { owner, tenantId } = await aWorkspace();
  const { status, body } = await call(POST, { method: "POST", headers: owner, body: NEW });
  expect(status).toBe(201);
  const [row] = await sql<{ instance: string }>(
    "select instance_name as instance from channels where id = $1",
    [body.id],
  );
  const at = { params: { id: body.id }, headers: owner };
  const now = async () => (await call(getOne, at)).body;
  const becomes = (status: string) =>
    until(status, async () => {
      await drainJobs("process-inbound-event", "verify-disconnect");
      const channel = await now();
      return channel.status === status ? channel : null;
    });
  const kinds = async () =>
    (await call(timeline, at)).body.data.map(({ kind }: { kind: string }) => kind).toReversed();
  const scan = () =>
    phones.scan(row?.instance ?? "", { phone: `5190000${2000 + numbers++}`, name: "Ventas Luz" });
  return {
    owner,
    tenantId,
    id: body.id,
    made: body,
    instance: row?.instance ?? "",
    at,
    now,
    becomes,
    kinds,
    scan,
  };
}

describe("a channel's life", () => {
  test("made, scanned, connected, disconnected and connected anew: each step told, with its time", async () => {
    const channel = await aChannelOfOurs();
    expect(ChannelView.safeParse(channel.made).error).toBeUndefined();
    expect(channel.made).toMatchObject({ ...NEW, status: "qr", phone: null });
    expect((await call(qr, channel.at)).body).toMatchObject({
      status: "qr",
      qr: { image: expect.stringMatching(/^data:image\/png/) },
    });

    await channel.scan();
    const connected = await channel.becomes("connected");
    expect(connected).toMatchObject({ phone: expect.stringMatching(/^\+5190000/), errorCount: 0 });
    expect(connected.qr).toBeUndefined();
    expect((await call(qr, channel.at)).body).toEqual({ status: "connected", qr: null });

    const off = await call(disconnect, { method: "POST", ...channel.at });
    expect(off).toMatchObject({ status: 200, body: { status: "disconnected" } });
    expect((await phones.instances()).some(({ instance }) => instance === channel.instance)).toBe(false);
    // The old instance's last words change nothing.
    await drainJobs();
    expect((await channel.now()).status).toBe("disconnected");
    // Off is off: a second press is no error.
    expect((await call(disconnect, { method: "POST", ...channel.at })).status).toBe(200);

    const again = await call(connect, { method: "POST", ...channel.at, body: {} });
    expect(again).toMatchObject({ status: 200, body: { status: "qr" } });
    await channel.scan();
    await channel.becomes("connected");
    const kinds = await channel.kinds();
    expect(kinds.slice(0, 5)).toEqual([
      "created",
      "qr_shown",
      "scanned",
      "connected",
      "disconnected_by_member",
    ]);
    expect(kinds.filter((kind: string) => kind === "connected")).toHaveLength(2);
  }, 20_000);

  test("logged out on the phone: says why, once", async () => {
    const channel = await aChannelOfOurs();
    await channel.scan();
    await channel.becomes("connected");
    await phones.logout(channel.instance);
    const gone = await channel.becomes("disconnected");
    expect(gone.error.code).toBe("disconnect.logged_out_on_phone");
    await drainJobs();
    expect((await channel.kinds()).filter((kind: string) => kind === "disconnected")).toHaveLength(1);
  });

  test("restarted: the connection comes back by itself", async () => {
    const channel = await aChannelOfOurs();
    await channel.scan();
    await channel.becomes("connected");
    const answer = await call(restart, { method: "POST", ...channel.at });
    expect(answer.status).toBe(200);
    await channel.becomes("connected");
    expect(await channel.kinds()).toContain("restarted_by_member");
  });

  test("a pairing code instead of the QR code", async () => {
    const channel = await aChannelOfOurs();
    const answer = await call(connect, {
      method: "POST",
      ...channel.at,
      body: { pairingPhone: "+51 987 654 321" },
    });
    expect(answer.status).toBe(200);
    const shown = await channel.becomes("qr");
    expect(shown.qr.pairingCode ?? answer.body.qr?.pairingCode).toMatch(/^[A-Z0-9]{8}$/);
    const wrong = await call(connect, { method: "POST", ...channel.at, body: { pairingPhone: "123456" } });
    expect(wrong).toMatchObject({ status: 422, body: { errors: [{ path: "pairingPhone" }] } });
  });

  test("deleted: gone here and on the gateway, with its chats", async () => {
    const channel = await aChannelOfOurs();
    expect((await call(DELETE, { method: "DELETE", ...channel.at })).status).toBe(204);
    expect((await call(getOne, channel.at)).status).toBe(404);
    expect((await call(DELETE, { method: "DELETE", ...channel.at })).status).toBe(404);
    expect((await phones.instances()).some(({ instance }) => instance === channel.instance)).toBe(false);
    expect(
      await countOf("audit_log", "tenant_id = $1 and action = 'channel.deleted'", [channel.tenantId]),
    ).toBe(1);
    // Nothing that was still queued for it fails or comes round for ever.
    await skipWaits();
    await drainJobs();
    expect(
      await countOf("pgboss.job", "data->>'tenantId' = $1 and state <> 'completed'", [channel.tenantId]),
    ).toBe(0);
  });
});

describe("with the gateway away", () => {
  test("a new channel says setup_failed, and the button tries again", async () => {
    const { owner } = await aWorkspace();
    await phones.setFaults({ down: true });
    const { status, body } = await call(POST, { method: "POST", headers: owner, body: NEW });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: "setup_failed", error: { code: "gateway_unreachable" } });
    const at = { method: "POST", params: { id: body.id }, headers: owner, body: {} } as const;
    expect((await call(connect, at)).body).toMatchObject({ status: "setup_failed" });
    await phones.setFaults({ down: false });
    expect((await call(connect, at)).body).toMatchObject({ status: "qr" });
  });

  test("what cannot be done there is not said to be done", async () => {
    const channel = await aChannelOfOurs();
    await phones.setFaults({ down: true });
    for (const [handler, method] of [
      [DELETE, "DELETE"],
      [disconnect, "POST"],
      [restart, "POST"],
    ] as const) {
      const answer = await call(handler, { method, ...channel.at });
      expect(answer).toMatchObject({ status: 503, body: { code: "gateway_unreachable" } });
    }
    expect((await channel.now()).status).toBe("qr");
  });
});

describe("input", () => {
  test.each([
    ["name", { ...NEW, name: "" }],
    ["name", { ...NEW, name: "x".repeat(61) }],
    ["name", { ...NEW, name: "a\u0000b" }],
    ["kind", { ...NEW, kind: "cloud" }],
    ["phone", { ...NEW, phone: "+51987654321" }],
  ])("a wrong %s is named (%j) and no channel is made", async (path, body) => {
    const { owner, tenantId } = await aWorkspace();
    const answer = await call(POST, { method: "POST", headers: owner, body });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
    expect(await countOf("channels", "tenant_id = $1", [tenantId])).toBe(1);
  });

  test("a new name is kept, and shown in the list; secrets and the instance are in no answer", async () => {
    const { owner, channel } = await aWorkspace();
    const renamed = await call(PATCH, {
      method: "PATCH",
      params: { id: channel.id },
      headers: owner,
      body: { name: " Recepción " },
    });
    expect(renamed).toMatchObject({ status: 200, body: { name: "Recepción" } });
    const { body } = await call(GET, { headers: owner });
    expect(body).toMatchObject({ data: [{ id: channel.id, name: "Recepción" }], next: null });
    expect(JSON.stringify(body)).not.toMatch(/secret|instance|business_|credential/i);
  });
});
