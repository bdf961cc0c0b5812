import { describe, expect, test } from "vitest";
import { parseEnv } from "#lib/kernel/env.ts";
import { envFileProblems } from "#lib/runtime/env-file.ts";
import { checkEnvironment, composeEnvironment, localUrl, planOf } from "#lib/runtime/launch-environment.ts";

const SECRETS = {
  databasePassword: "pw",
  authSecret: "s".repeat(32),
  encryptionKeys: `v1:${"0".repeat(64)}`,
  gatewayKey: "gateway",
  realtimeKey: "key",
  realtimeSecret: "secret",
};
const AT = {
  web: 3001,
  realtime: 6002,
  sandbox: 8086,
  databaseUrl: "postgresql://recado:pw@127.0.0.1:5/recado",
};

describe("what runs here", () => {
  test("everything, when nothing is said", () => {
    expect(planOf({})).toEqual({ database: true, realtime: true, sandbox: true });
  });

  test("nothing that is said to be elsewhere", () => {
    const given = { DATABASE_URL: "postgresql://x", PUSHER_APP_ID: "1", EVOLUTION_API_URL: "http://gateway" };
    expect(planOf(given)).toEqual({ database: false, realtime: false, sandbox: false });
  });

  test("production refuses invented secrets and the practice gateway, naming each", () => {
    expect(() => planOf({ RECADO_ENV: "production", AUTH_SECRET: "x" })).toThrow(
      /ENCRYPTION_KEYS: must be set[\s\S]*EVOLUTION_API_URL: must be set/,
    );
  });
});

describe("the composed environment", () => {
  test("is complete without a single variable given", () => {
    const env = parseEnv(composeEnvironment({}, planOf({}), SECRETS, AT, "/data"));
    expect(env).toMatchObject({
      HOST: "127.0.0.1",
      PORT: 3001,
      DATA_DIR: "/data",
      DATABASE_URL: AT.databaseUrl,
      PUSHER_PORT: 6002,
      EVOLUTION_API_URL: "http://127.0.0.1:8086",
      SANDBOX_URL: "http://127.0.0.1:8086",
      WEBHOOK_BASE_URL: "http://127.0.0.1:3001",
    });
  });

  test("keeps what was given, and does not name a practice gateway that does not run", () => {
    const given = {
      EVOLUTION_API_URL: "https://gateway.example",
      EVOLUTION_API_KEY: "theirs",
      AUTH_SECRET: "m".repeat(40),
    };
    const env = parseEnv(composeEnvironment(given, planOf(given), SECRETS, AT, "/data"));
    expect(env).toMatchObject(given);
    expect(env.SANDBOX_URL).toBeUndefined();
  });

  test("wrong values are named before anything is started, one line each", () => {
    const given = { PORT: "abc", LOG_LEVEL: "loud", ENCRYPTION_KEYS: "v1:short" };
    const problems = () => checkEnvironment(given, planOf(given), SECRETS);
    expect(problems).toThrow(/PORT: /);
    expect(problems).toThrow(/LOG_LEVEL: /);
    expect(problems).toThrow(/ENCRYPTION_KEYS: must look like v1:/);
  });
});

test("the address for a person is one that works in a browser on this machine", () => {
  expect(localUrl("0.0.0.0", 3000)).toBe("http://localhost:3000");
  expect(localUrl("192.168.1.5", 80)).toBe("http://192.168.1.5:80");
  expect(localUrl("fe80::1", 3000)).toBe("http://[fe80::1]:3000");
});

describe(".env", () => {
  test("that Node understands has no problems", () => {
    const text =
      "# comment\n\nPORT=3000\nexport HOST=0.0.0.0\nEMPTY=\nTEXT=\"a = b # c\"\nKEY='-----\nmany\nlines-----'\n";
    expect(envFileProblems(text)).toEqual([]);
  });

  test("names the line that is no assignment, and the quote that stays open", () => {
    expect(envFileProblems('PORT 3000\nX=1\nY="open\nZ=2\n')).toEqual([
      "line 1 is not NAME=value. Mend it, or put # in front.",
      'line 3 opens a quote (") that is never closed.',
    ]);
  });
});
