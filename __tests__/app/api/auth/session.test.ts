import "next/dist/server/node-environment-baseline.js";

import pg from "pg";
import { describe, expect, test } from "vitest";
import { call } from "#__tests__/support/api.ts";
import { databaseUrl } from "#__tests__/support/database.ts";
import { aCookieJar, askNextAuth, logInWith } from "#__tests__/support/next-auth.ts";
import { POST as changePassword } from "#app/api/v1/me/password/route.ts";
import { GET as getMe } from "#app/api/v1/me/route.ts";
import { aTenant, FACTORY_PASSWORD } from "#prisma/factories/tenant.ts";

const COOKIE = "next-auth.session-token";
const me = (cookie: string) => call(getMe, { headers: { cookie } });

describe("logging in", () => {
  test("the right password opens a session that the API knows", async () => {
    const { email, userId, tenantId } = await aTenant();
    const jar = aCookieJar();
    expect(await logInWith(jar, email, FACTORY_PASSWORD)).toEqual({ status: 200, error: null });
    const answer = await me(jar.header());
    expect(answer).toMatchObject({
      status: 200,
      body: { user: { id: userId, email }, tenant: { id: tenantId } },
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/password|hash/i);
  });

  test("the cookie cannot be read by scripts nor sent along by other sites", async () => {
    const { email } = await aTenant();
    const jar = aCookieJar();
    const { csrfToken } = await (await askNextAuth(jar, "csrf")).json();
    const form = { csrfToken, email, password: FACTORY_PASSWORD, json: "true" };
    const response = await askNextAuth(jar, "callback/credentials", { form });
    const line = response.headers.getSetCookie().find((cookie) => cookie.startsWith(`${COOKIE}=`));
    expect(line).toMatch(/HttpOnly/i);
    expect(line).toMatch(/SameSite=Lax/i);
  });

  test("capitals and blanks in the e-mail do not matter", async () => {
    const { email } = await aTenant();
    const jar = aCookieJar();
    expect(await logInWith(jar, ` ${email.toUpperCase()} `, FACTORY_PASSWORD)).toMatchObject({ error: null });
    expect((await me(jar.header())).status).toBe(200);
  });

  test.each([
    ["a wrong password", (email: string) => ({ email, password: "algo muy distinto" })],
    ["an unknown e-mail", () => ({ email: "nadie@example.test", password: FACTORY_PASSWORD })],
    ["an empty password", (email: string) => ({ email, password: "" })],
    ["a NUL in the e-mail", (email: string) => ({ email: `${email}\u0000`, password: FACTORY_PASSWORD })],
    ["an endless password", (email: string) => ({ email, password: "x".repeat(5000) })],
  ])("%s is refused with the same words and no cookie", async (_what, credentials) => {
    const { email } = await aTenant();
    const jar = aCookieJar();
    const given = credentials(email);
    expect(await logInWith(jar, given.email, given.password)).toEqual({
      status: 401,
      error: "wrong_credentials",
    });
    expect(jar.has(COOKIE)).toBe(false);
  });

  test("without the form's token nothing is tried", async () => {
    const { email } = await aTenant();
    const jar = aCookieJar();
    const form = { csrfToken: "made-up", email, password: FACTORY_PASSWORD, json: "true" };
    await askNextAuth(jar, "callback/credentials", { form });
    expect(jar.has(COOKIE)).toBe(false);
  });

  test("after eight attempts an account must wait, however its e-mail is written, and says how long", async () => {
    const { email } = await aTenant();
    const address = "198.51.100.1";
    for (let attempt = 0; attempt < 8; attempt++) {
      const written = attempt % 2 === 0 ? email : `${" ".repeat(attempt)}${email.toUpperCase()}`;
      expect((await logInWith(aCookieJar(), written, "algo muy distinto", address)).error).toBe(
        "wrong_credentials",
      );
    }
    const { error } = await logInWith(aCookieJar(), email, FACTORY_PASSWORD, address);
    expect(error).toMatch(/^rate_limited:\d+$/);
    expect(Number(error?.split(":")[1])).toBeGreaterThan(200);
    // Somebody else at another place is not locked out with it.
    expect((await logInWith(aCookieJar(), email, FACTORY_PASSWORD, "198.51.100.2")).error).toBeNull();
  });
});

describe("a session's end", () => {
  test("logging out takes the cookie back", async () => {
    const { email } = await aTenant();
    const jar = aCookieJar();
    await logInWith(jar, email, FACTORY_PASSWORD);
    const { csrfToken } = await (await askNextAuth(jar, "csrf")).json();
    await askNextAuth(jar, "signout", { form: { csrfToken, json: "true" } });
    expect(jar.has(COOKIE)).toBe(false);
    expect((await me(jar.header())).status).toBe(401);
  });

  test("a changed password ends every other session and keeps the own", async () => {
    const { email } = await aTenant();
    const [own, other] = [aCookieJar(), aCookieJar()];
    await logInWith(own, email, FACTORY_PASSWORD, "192.0.2.1");
    await logInWith(other, email, FACTORY_PASSWORD, "192.0.2.2");
    const changed = await call(changePassword, {
      method: "POST",
      headers: { cookie: own.header() },
      body: { currentPassword: FACTORY_PASSWORD, newPassword: "lluvia bicicleta mango" },
    });
    expect(changed.status).toBe(204);
    own.keep(new Response(null, { headers: changed.headers }));

    expect((await me(own.header())).status).toBe(200);
    expect((await me(other.header())).status).toBe(401);
    // Neither does next-auth itself renew the ended one.
    expect(await (await askNextAuth(other, "session")).json()).toEqual({});
    expect(other.has(COOKIE)).toBe(false);
    expect(await (await askNextAuth(own, "session")).json()).toMatchObject({ user: { email } });

    expect((await logInWith(aCookieJar(), email, FACTORY_PASSWORD, "192.0.2.3")).error).toBe(
      "wrong_credentials",
    );
    expect((await logInWith(aCookieJar(), email, "lluvia bicicleta mango", "192.0.2.3")).error).toBeNull();
  });

  test.each([
    [
      "a wrong current password",
      { currentPassword: "algo distinto", newPassword: "lluvia bicicleta mango" },
      "currentPassword",
      422,
    ],
    [
      "a common new password",
      { currentPassword: FACTORY_PASSWORD, newPassword: "password1234" },
      "newPassword",
      422,
    ],
    ["a short new password", { currentPassword: FACTORY_PASSWORD, newPassword: "corta" }, "newPassword", 422],
  ])("%s changes nothing and names the field", async (_what, body, path, status) => {
    const { email } = await aTenant();
    const jar = aCookieJar();
    await logInWith(jar, email, FACTORY_PASSWORD);
    const answer = await call(changePassword, { method: "POST", headers: { cookie: jar.header() }, body });
    expect(answer).toMatchObject({ status, body: { errors: [{ path }] } });
    expect((await me(jar.header())).status).toBe(200);
  });

  test("passwords are kept as argon2id and nowhere in the clear", async () => {
    const { userId } = await aTenant();
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query("select password_hash from users where id = $1", [userId]);
    await client.end();
    expect(rows[0]?.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});
