import type { APIResponse, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { expect } from "vitest";
import { z } from "zod";
import { createControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import { loadSecrets } from "#lib/runtime/secrets.ts";
import { openContext } from "./browser.ts";
import { sharedProduct } from "./product.ts";

const PASSWORD = "una-clave-larga-7391";

type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

export type Shop = { context: BrowserContext; url: string; slug: string; channelId: string };

/** A new business in a browser of its own, signed in; its number is not connected. */
export async function aShop(options: BrowserContextOptions = {}): Promise<Shop> {
  const { url } = await sharedProduct();
  const context = await openContext({
    locale: "es-PE",
    baseURL: url,
    timezoneId: "America/Lima",
    ...options,
  });
  const email = `inbox-${crypto.randomUUID()}@example.com`;
  const person = { businessName: "Florería Lirio", name: "Ana", email, password: PASSWORD };
  const registered = await context.request.post("/api/v1/register", {
    headers: { origin: url },
    data: { ...person, country: "PE", locale: "es" },
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

export async function aConnectedShop(options: BrowserContextOptions = {}): Promise<Shop> {
  const shop = await aShop(options);
  await done(post(shop, `/sandbox/channels/${shop.channelId}/scan`, { phone: aNumber() }));
  return shop;
}

/** The same business in another browser, still signed in. */
export async function inAnotherBrowser(shop: Shop, state: StorageState): Promise<Shop> {
  const context = await openContext({
    locale: "es-PE",
    baseURL: shop.url,
    timezoneId: "America/Lima",
    storageState: state,
  });
  return { ...shop, context };
}

/** No two businesses share a number. */
export function aNumber(): string {
  return `+519${String(crypto.getRandomValues(new Uint32Array(1))[0])
    .padStart(8, "0")
    .slice(-8)}`;
}

export function post({ context, url }: Shop, path: string, data: object): Promise<APIResponse> {
  return context.request.post(`/api/v1${path}`, { headers: { origin: url }, data });
}

export async function done(answer: Promise<APIResponse>): Promise<APIResponse> {
  const response = await answer;
  if (!response.ok())
    throw new Error(`${response.url()} answered ${response.status()}: ${await response.text()}`);
  return response;
}

export async function openInbox({ context, slug }: Shop): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/${slug}/inbox`);
  await page.getByRole("heading", { name: "Conversaciones" }).waitFor();
  return page;
}

const FoundWebhook = z.object({ url: z.string(), headers: z.record(z.string(), z.string()) });

/** The gateway behind a shop: its customers' phones, and the address and secret it sends webhooks with. */
export async function gatewayOf({ channelId }: Shop) {
  const { sandboxUrl, dataDir } = await sharedProduct();
  const phones = createControlClient({ url: sandboxUrl });
  const all = await phones.instances();
  const instance = all.find(({ webhookUrl }) => webhookUrl?.includes(channelId))?.instance;
  if (!instance) throw new Error("the gateway does not know the shop's number");
  const { gatewayKey } = await loadSecrets(dataDir);
  const found = await fetch(`${sandboxUrl}/webhook/find/${instance}`, { headers: { apikey: gatewayKey } });
  const { url, headers } = FoundWebhook.parse(await found.json());
  return {
    phones,
    instance,
    async deliver(payload: unknown): Promise<void> {
      const answer = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(payload),
      });
      expect(answer.status, await answer.text()).toBe(200);
    },
  };
}
