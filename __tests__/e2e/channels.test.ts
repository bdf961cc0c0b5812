import type { BrowserContext, Page } from "playwright-core";
import { expect, test } from "vitest";
import { openContext, screenshot } from "#__tests__/support/browser.ts";
import { sharedProduct } from "#__tests__/support/product.ts";

const PASSWORD = "una-clave-larga-7391";
/** A scan shows on the settings page this fast (product.md, rule 3). */
const CONNECTED_WITHIN_MS = 3_000;
const ONE_QR_LIFE_MS = 60_000;

type Shop = { context: BrowserContext; url: string; slug: string; channelId: string };

/** A new business in a browser of its own, signed in. */
async function aShop(): Promise<Shop> {
  const { url } = await sharedProduct();
  const context = await openContext({ locale: "es-PE", baseURL: url, timezoneId: "America/Lima" });
  const email = `canales-${crypto.randomUUID()}@example.com`;
  const registered = await context.request.post("/api/v1/register", {
    headers: { origin: url },
    data: {
      businessName: "Florería Lirio",
      name: "Ana",
      email,
      password: PASSWORD,
      country: "PE",
      locale: "es",
    },
  });
  expect(registered.status()).toBe(201);
  const { tenant, channel } = await registered.json();
  const { csrfToken } = await (await context.request.get("/api/auth/csrf")).json();
  await context.request.post("/api/auth/callback/credentials", {
    headers: { origin: url },
    form: { csrfToken, email, password: PASSWORD, json: "true" },
  });
  return { context, url, slug: tenant.slug, channelId: channel.id };
}

const step = (page: Page, name: string) => page.locator(`[data-testid=connect-panel][data-step=${name}]`);
const qrOf = (page: Page) => page.getByAltText("Código QR para vincular WhatsApp").getAttribute("src");

async function openChannel({ context, slug, channelId }: Shop): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/${slug}/settings/channels/${channelId}`);
  await step(page, "qr").waitFor();
  return page;
}

async function openPhone({ context, slug }: Shop): Promise<Page> {
  const phone = await context.newPage();
  await phone.goto(`/${slug}/sandbox`);
  await phone.locator("[data-testid=business-phone][data-state=waiting]").waitFor();
  return phone;
}

test("a scan on the practice phone shows on the settings page without a reload", async () => {
  const shop = await aShop();
  const page = await openChannel(shop);
  expect(await qrOf(page)).toMatch(/^data:image\/png/);
  await screenshot(page, "channel-qr");
  const loadedAt = await page.evaluate(() => performance.timeOrigin);
  const phone = await openPhone(shop);

  const number = await phone.getByLabel("Número que va a escanear").inputValue();
  expect(number).toMatch(/^\+51 9\d\d \d{3} \d{3}$/);
  await phone.getByRole("button", { name: "Escanear el código" }).click();
  await step(page, "connected").waitFor({ timeout: CONNECTED_WITHIN_MS });
  await page.getByText(number).first().waitFor();
  await page.locator("[data-testid=timeline] [data-kind=connected]").first().waitFor();
  await screenshot(page, "channel-connected");

  await page.getByRole("button", { name: "Desconectar" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Desconectar" }).click();
  await step(page, "disconnected").waitFor();
  await page.getByRole("button", { name: "Conectar otra vez" }).click();
  await step(page, "qr").waitFor();

  await phone.locator("[data-testid=business-phone][data-state=waiting]").waitFor();
  await phone.getByRole("button", { name: "Escanear el código" }).click();
  await step(page, "connected").waitFor();

  await phone.getByRole("button", { name: "Quitar dispositivo vinculado" }).click();
  await page.getByText("Se cerró la sesión desde el teléfono").first().waitFor();
  await step(page, "disconnected").waitFor();
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
});

test("the code renews itself while the page is open", async () => {
  const page = await openChannel(await aShop());
  const first = await qrOf(page);
  await page.waitForFunction(
    ([alt, before]) => {
      const image = document.querySelector(`img[alt="${alt}"]`);
      return image !== null && image.getAttribute("src") !== before;
    },
    ["Código QR para vincular WhatsApp", first] as const,
    { timeout: ONE_QR_LIFE_MS },
  );
  await page.getByText(/Se renueva en \d+ s/).waitFor();
});

test("a number can be linked by typing a code instead of scanning", async () => {
  const page = await openChannel(await aShop());
  await page.getByRole("tab", { name: "Con el número" }).click();
  await page.getByLabel("Número de WhatsApp del negocio").fill("987 654 321");
  await page.getByRole("button", { name: "Pedir código" }).click();
  await page.getByTestId("pairing-code").waitFor();
  expect(await page.getByTestId("pairing-code").textContent()).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
});

test("another business neither sees the number nor plays its customers", async () => {
  const [mine, other] = [await aShop(), await aShop()];
  const page = await other.context.request.get(`/${mine.slug}/settings/channels/${mine.channelId}`);
  expect(page.status()).toBe(404);
  for (const path of ["", "/chats/51900000101/messages"]) {
    const answer = await other.context.request.get(`/api/v1/sandbox/channels/${mine.channelId}${path}`);
    expect(answer.status(), path).toBe(404);
  }
});

test("the customer's phone and the business see the same chat", async () => {
  const shop = await aShop();
  const phone = await openPhone(shop);
  await phone.getByRole("button", { name: "Escanear el código" }).click();
  await phone.locator("[data-testid=business-phone][data-state=connected]").waitFor();
  const words = phone.getByRole("textbox", { name: "Escribe como Carla Núñez" });
  await words.fill("¿Tienen rosas?");
  await words.press("Enter");
  await phone.locator("[data-from=customer] [data-status=delivered]").waitFor();

  const sent = await shop.context.request.post("/api/v1/messages", {
    headers: { origin: shop.url },
    data: { to: "+51912345101", type: "text", text: "Sí, rojas y blancas" },
  });
  expect(sent.status()).toBe(201);
  await phone.locator("[data-from=business]", { hasText: "Sí, rojas y blancas" }).waitFor();

  await phone.getByRole("button", { name: "Enviar una foto" }).click();
  await phone.getByRole("menuitem", { name: "Torta" }).click();
  await phone.getByRole("img", { name: "Foto" }).waitFor();
  await screenshot(phone, "practice-phone");
});
