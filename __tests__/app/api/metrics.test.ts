import { expect, test } from "vitest";
import { TEST_ENVIRONMENT } from "#__tests__/support/environment.ts";
import { GET } from "#app/api/metrics/route.ts";

const ask = (headers: Record<string, string> = {}) =>
  GET(new Request("http://127.0.0.1:3000/api/metrics", { headers }));

test("Prometheus text for who has the token, and nothing for anybody else", async () => {
  const allowed = await ask({ authorization: `Bearer ${TEST_ENVIRONMENT.METRICS_TOKEN}` });
  expect(allowed.status).toBe(200);
  expect(allowed.headers.get("content-type")).toMatch(/^text\/plain/);
  expect(await allowed.text()).toContain("# TYPE recado_webhooks_total counter");
  for (const headers of [
    {},
    { authorization: "Bearer wrong" },
    { authorization: "" },
    { "x-forwarded-for": "127.0.0.1" },
  ]) {
    const refused = await ask(headers);
    expect(refused.status).toBe(404);
    expect(await refused.text()).toBe("");
  }
});
