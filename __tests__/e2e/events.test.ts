import type { BrowserContext, Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { openContext, PHONE, screenshot } from "#__tests__/support/browser.ts";
import { sharedProduct } from "#__tests__/support/product.ts";

const PASSWORD = "una-clave-larga-7391";

// Its start may have to build the pages first.
beforeAll(async () => {
  await sharedProduct();
});

type Shop = { context: BrowserContext; slug: string };

/** A new business in a browser of its own, signed in, with its number connected to the practice phone. */
async function aShop(): Promise<Shop> {
  const { url } = await sharedProduct();
  const context = await openContext({ locale: "es-PE", baseURL: url, timezoneId: "America/Lima" });
  const email = `eventos-${crypto.randomUUID()}@example.com`;
  const headers = { origin: url };
  const data = {
    businessName: "Florería Lirio",
    name: "Ana",
    email,
    password: PASSWORD,
    country: "PE",
    locale: "es",
  };
  const { tenant, channel } = await (
    await context.request.post("/api/v1/register", { headers, data })
  ).json();
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  const form = { csrfToken, email, password: PASSWORD, json: "true" };
  await context.request.post("/api/auth/callback/credentials", { headers, form });
  const phone = await context.newPage();
  await phone.goto(`/${tenant.slug}/settings/channels/${channel.id}`);
  await phone.locator("[data-testid=connect-panel][data-step=qr]").waitFor();
  await phone.goto(`/${tenant.slug}/sandbox`);
  await phone.getByRole("button", { name: "Escanear el código" }).click();
  await phone.locator("[data-testid=business-phone][data-state=connected]").waitFor();
  await phone.close();
  return { context, slug: tenant.slug };
}

const rows = (page: Page) => page.getByTestId("event-row");

test("an owner finds an event, reads it without its keys, and replays it", async () => {
  const { context, slug } = await aShop();
  const page = await context.newPage();
  await page.goto(`/${slug}/settings/events`);
  await rows(page).first().waitFor();
  await screenshot(page, "events-desktop");

  await page.getByLabel("Tipo", { exact: true }).selectOption("qrcode.updated");
  await page.waitForURL(/name=qrcode\.updated/);
  await expect.poll(() => rows(page).filter({ hasNotText: "Código QR" }).count()).toBe(0);
  await rows(page).first().getByRole("button", { name: "Código QR" }).click();
  const detail = page.getByTestId("event-detail");
  await detail.waitFor();
  const body = await page.getByTestId("event-body").textContent();
  expect(JSON.parse(body ?? "")).toMatchObject({
    data: { qrcode: { base64: "[redacted]", code: "[redacted]" } },
  });
  await screenshot(page, "events-detail");

  await detail.getByRole("button", { name: "Volver a procesar" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Volver a procesar" }).click();
  await page.getByText("1 evento en camino").waitFor();
  await detail.getByText("Contaba cómo estaba la conexión entonces").first().waitFor();

  await page.emulateMedia({ colorScheme: "dark" });
  await page.reload();
  await rows(page).first().waitFor();
  await screenshot(page, "events-dark");
  await page.setViewportSize(PHONE);
  await page.goto(`/${slug}/settings/events`);
  await rows(page).first().waitFor();
  await screenshot(page, "events-phone");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wide).toBe(false);
});
