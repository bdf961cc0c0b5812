import { afterAll, beforeAll, expect, test } from "vitest";
import { openPage, screenshot } from "#__tests__/support/browser.ts";
import { type Product, startProduct } from "#__tests__/support/start-product.ts";
import { until } from "#__tests__/support/until.ts";
import { isAlive } from "#lib/runtime/process-table.ts";

let product: Product;

beforeAll(async () => {
  product = await startProduct();
});

afterAll(async () => {
  await product.stop();
});

test("the login page opens in a browser without an error", async () => {
  const page = await openPage(`${product.url}/login`);
  await page.locator('input[type="password"]').waitFor();
  await screenshot(page, "login");
});

test("a part that is killed comes back by itself, the database included", async () => {
  const before = await product.parts();
  expect(Object.keys(before).sort()).toEqual(["database", "realtime", "sandbox", "web", "worker"]);
  for (const pid of Object.values(before)) process.kill(pid, "SIGKILL");
  const isNew = ([name, pid]: [string, number], now: Record<string, number>) =>
    now[name] !== undefined && now[name] !== pid;
  await until(
    "a new process for each part",
    async () => {
      const now = await product.parts();
      return Object.entries(before).every((part) => isNew(part, now));
    },
    30_000,
  );
  await until(
    "good health",
    async () => {
      const health = await fetch(`${product.url}/api/health`).catch(() => undefined);
      return health?.status === 200;
    },
    30_000,
  );
});

test("a second start on the same data says where the first one is, and ends", async () => {
  await expect(startProduct({ dataDir: product.dataDir })).rejects.toThrow(product.url);
  expect((await fetch(`${product.url}/api/health`)).status).toBe(200);
});

test("a killed launcher takes its parts along, and the next start takes over its data", async () => {
  const parts = await product.parts();
  process.kill(product.launcherPid, "SIGKILL");
  const restarted = await startProduct({ dataDir: product.dataDir });
  expect(Object.values(parts).filter(isAlive)).toEqual([]);
  expect((await fetch(`${restarted.url}/api/health`)).status).toBe(200);

  const running = await restarted.parts();
  await restarted.stop();
  expect(Object.values(running).filter(isAlive)).toEqual([]);
});
