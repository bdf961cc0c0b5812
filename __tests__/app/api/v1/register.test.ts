import "#__tests__/support/database.ts";
import { describe, expect, test } from "vitest";
import { call } from "#__tests__/support/api.ts";
import { countOf, skipWaits, sql } from "#__tests__/support/database-rows.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { drainJobs, queuedJobs } from "#__tests__/support/jobs.ts";
import { POST } from "#app/api/v1/register/route.ts";
import { Registered } from "#lib/domain/tenants/schema.ts";

const PASSWORD = "una clave bastante larga";
let people = 0;
const valid = () => ({
  businessName: "Peluquería Luz",
  name: "Luz Mamani",
  email: `luz.${people++}@example.test`,
  password: PASSWORD,
});

let addresses = 0;
/** Each from a place of its own, so that the limit of one does not meet the others. */
const register = (body: unknown, headers: Record<string, string> = {}) =>
  call(POST, {
    method: "POST",
    body,
    headers: { "x-forwarded-for": `10.0.${Math.floor(addresses / 250)}.${addresses++ % 250}`, ...headers },
  });

async function everybody() {
  return {
    users: await countOf("users"),
    tenants: await countOf("tenants"),
    channels: await countOf("channels"),
  };
}

describe("POST /api/v1/register", () => {
  test("creates business, owner and channel, and answers with the QR code to scan", async () => {
    const { status, body } = await register({ ...valid(), timeZone: "America/Bogota" });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      tenant: {
        id: expect.stringMatching(/^tnt_/),
        slug: "peluqueria-luz",
        country: "CO",
        currency: "COP",
        timeZone: "America/Bogota",
      },
      user: { id: expect.stringMatching(/^usr_/), name: "Luz Mamani" },
      channel: {
        id: expect.stringMatching(/^chn_/),
        kind: "evolution",
        name: "WhatsApp",
        status: "qr",
        qr: {
          code: expect.any(String),
          image: expect.stringMatching(/^data:image\/png;base64,/),
          expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        },
      },
    });
    expect(Registered.safeParse(body).error).toBeUndefined();
    expect(new Date(body.channel.qr.expiresAt).getTime()).toBeGreaterThan(Date.now());
    expect(JSON.stringify(body)).not.toMatch(/secret|instance|hash/i);
    const [member] = await sql("select role from members where tenant_id = $1", [body.tenant.id]);
    expect(member).toEqual({ role: "owner" });
  });

  test("with the gateway down the account exists, says so, and connects by itself once the gateway is back", async () => {
    await phones.setFaults({ down: true });
    const { status, body } = await register(valid());
    await phones.setFaults({ down: false });
    expect(status).toBe(201);
    expect(body.channel).toMatchObject({ status: "setup_failed", error: { code: "gateway_unreachable" } });
    expect(body.channel.qr).toBeUndefined();
    expect((await queuedJobs("set-up-channel")).length).toBeGreaterThan(0);

    await skipWaits();
    await drainJobs("set-up-channel");
    const [channel] = await sql("select status, qr_code, last_error_code from channels where id = $1", [
      body.channel.id,
    ]);
    expect(channel).toEqual({ status: "qr", qr_code: expect.any(String), last_error_code: null });
  });

  test("while the gateway stays away the set-up is tried again and again", async () => {
    await phones.setFaults({ down: true });
    const { body } = await register(valid());
    for (let round = 0; round < 3; round++) {
      await skipWaits();
      await drainJobs("set-up-channel");
    }
    const waiting = await countOf(
      "pgboss.job",
      "name = 'set-up-channel' and state = 'retry' and data->>'channelId' = $1",
      [body.channel.id],
    );
    expect(waiting).toBe(1);
    await phones.setFaults({ down: false });
    await skipWaits();
    await drainJobs("set-up-channel");
    const [channel] = await sql("select status from channels where id = $1", [body.channel.id]);
    expect(channel).toEqual({ status: "qr" });
  });

  test.each([
    ["businessName", { businessName: "" }],
    ["businessName", { businessName: "   " }],
    ["businessName", { businessName: "x".repeat(121) }],
    ["businessName", { businessName: "Luz\u0000" }],
    ["name", { name: "" }],
    ["name", { name: "media \ud83d" }],
    ["name", { name: undefined }],
    ["email", { email: "luz@" }],
    ["email", { email: ["a@b.pe"] }],
    ["email", { email: `${"x".repeat(250)}@example.test` }],
    ["email", { email: "luz\u0000@example.test" }],
    ["password", { password: "corta" }],
    ["password", { password: "x".repeat(201) }],
    ["country", { country: "Perú" }],
    ["timeZone", { timeZone: "Marte/Olimpo" }],
    ["locale", { locale: "fr" }],
    ["admin", { admin: true }],
  ])("an invalid %s is named (%j), and nobody is created", async (path, wrong) => {
    const before = await everybody();
    const answer = await register({ ...valid(), ...wrong });
    expect(answer).toMatchObject({ status: 422, body: { code: "invalid_input", errors: [{ path }] } });
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await everybody()).toEqual(before);
  });

  test("all invalid fields are named at once", async () => {
    const { body } = await register({ email: "x", password: "y", extra: 1 });
    expect(body.errors.map(({ path }: { path: string }) => path).sort()).toEqual(
      ["businessName", "email", "extra", "name", "password"].sort(),
    );
  });

  test.each(["password123", "Qwerty123456", "1111111111", "Peluquería2026"])(
    "the password %s is too easy",
    async (password) => {
      const before = await everybody();
      const answer = await register({ ...valid(), password });
      expect(answer).toMatchObject({
        status: 422,
        body: { code: "weak_password", errors: [{ path: "password" }] },
      });
      expect(await everybody()).toEqual(before);
    },
  );

  test("an e-mail that has an account is refused, however it is written, also when both come at once", async () => {
    const first = valid();
    const both = await Promise.all([
      register(first),
      register({ ...first, email: first.email.toUpperCase() }),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await register(first)).toMatchObject({
      status: 409,
      body: { code: "email_taken", errors: [{ path: "email" }] },
    });
    expect(await countOf("users", "email = $1", [first.email])).toBe(1);
  });

  test("businesses of one name at once all get an address of their own", async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => register({ ...valid(), businessName: "Bodega Única" })),
    );
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
    expect(new Set(answers.map(({ body }) => body.tenant.slug)).size).toBe(4);
  });

  test("what is not JSON, has another type, or is too large is refused as that", async () => {
    const post = (body: string, type = "application/json") => register(body, { "content-type": type });
    expect(await post("{")).toMatchObject({ status: 400, body: { code: "invalid_json" } });
    expect(await post("{}", "text/plain")).toMatchObject({
      status: 415,
      body: { code: "unsupported_media_type" },
    });
    expect(await post("null")).toMatchObject({ status: 422 });
    expect(await post(JSON.stringify({ ...valid(), name: "x".repeat(1_100_000) }))).toMatchObject({
      status: 413,
      body: { code: "payload_too_large" },
    });
  });

  test("another site's page cannot register anybody", async () => {
    expect(await register(valid(), { origin: "https://evil.example" })).toMatchObject({ status: 403 });
  });

  test("one place may register twenty times an hour; then it is told how long to wait", async () => {
    const from = { "x-forwarded-for": "203.0.113.9" };
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => register({ ...valid(), password: "password123" }, from)),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]));
    const refused = await register(valid(), from);
    expect(refused).toMatchObject({ status: 429, body: { code: "rate_limited" } });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(3000);
    expect(refused.body.retryAfter).toBe(Number(refused.headers.get("retry-after")));
  });

  test("the words of a refusal are in the reader's language, the code is not", async () => {
    const [es, en] = await Promise.all([
      register({}, { "accept-language": "es-PE" }),
      register({}, { "accept-language": "en-US" }),
    ]);
    expect(es.body.code).toBe(en.body.code);
    expect(es.body.title).not.toBe(en.body.title);
  });
});
