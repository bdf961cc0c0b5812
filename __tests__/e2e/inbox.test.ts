import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { expectPageError, PHONE, screenshot } from "#__tests__/support/browser.ts";
import { aConnectedShop, aShop, done, openInbox, post, type Shop } from "#__tests__/support/shop.ts";

const CARLA = "51912345101";
const BEA = "51912345102";

const customerWrites = (shop: Shop, phone: string, text: string, name = "Carla") =>
  done(
    post(shop, `/sandbox/channels/${shop.channelId}/chats/${phone}/messages`, { type: "text", text, name }),
  );

const customerReads = (shop: Shop, phone: string) =>
  done(post(shop, `/sandbox/channels/${shop.channelId}/chats/${phone}/read`, {}));

const row = (page: Page, name: string) => page.locator("[data-conversation-id]", { hasText: name });
const bubble = (page: Page, text: string) => page.locator("article", { hasText: text });
const composer = (page: Page) => page.getByRole("textbox", { name: /^Escribe a / });

async function reply(page: Page, text: string) {
  await composer(page).fill(text);
  await composer(page).press("Enter");
}

test("a customer writes, the reply reaches them and its ticks turn blue, all without a reload", async () => {
  const shop = await aConnectedShop();
  const page = await openInbox(shop);
  await page.getByText("Aquí verás tus chats").waitFor();
  await screenshot(page, "inbox-empty");
  const loadedAt = await page.evaluate(() => performance.timeOrigin);

  await customerWrites(shop, CARLA, "¿Tienen *rosas*?");
  await row(page, "~Carla").getByText("¿Tienen rosas?").waitFor();
  await page.waitForFunction(() => document.title.startsWith("(1) "));

  await row(page, "~Carla").click();
  await bubble(page, "¿Tienen rosas?").locator("strong", { hasText: "rosas" }).waitFor();
  await page.getByText("Mensajes nuevos").waitFor();
  await page.waitForFunction(() => !document.title.startsWith("("));

  await reply(page, "Sí, rojas y blancas");
  const answer = bubble(page, "Sí, rojas y blancas");
  await answer.locator("[data-tick=delivered]").waitFor();
  await customerReads(shop, CARLA);
  await answer.locator("[data-tick=read]").waitFor();
  await row(page, "~Carla").locator("[data-tick=read]").waitFor();

  await customerWrites(shop, CARLA, "Perfecto, gracias");
  await bubble(page, "Perfecto, gracias").waitFor();
  await screenshot(page, "inbox-chat");
  expect(await page.evaluate(() => performance.timeOrigin)).toBe(loadedAt);
});

test("what is sent without internet waits in sight and leaves once, when the network is back", async () => {
  const shop = await aConnectedShop();
  await customerWrites(shop, CARLA, "Hola");
  const page = await openInbox(shop);
  await row(page, "~Carla").click();
  await bubble(page, "Hola").waitFor();

  expectPageError(/ERR_INTERNET_DISCONNECTED|WebSocket/);
  await shop.context.setOffline(true);
  await page.getByText(/Sin internet/).waitFor();
  await reply(page, "Ya te confirmo");
  await bubble(page, "Ya te confirmo").locator("[data-tick=queued]").waitFor();
  await screenshot(page, "inbox-offline");

  await shop.context.setOffline(false);
  await bubble(page, "Ya te confirmo").locator("[data-tick=delivered]").waitFor();
  await page.reload();
  await bubble(page, "Ya te confirmo").waitFor();
  expect(await bubble(page, "Ya te confirmo").count()).toBe(1);
});

test("older messages come while scrolling up, and a new one does not move what is being read", async () => {
  const shop = await aShop();
  const opened = await (
    await done(post(shop, "/conversations", { to: `+${CARLA}`, name: "Carla Núñez" }))
  ).json();
  const write = (text: string) =>
    done(post(shop, `/conversations/${opened.id}/messages`, { type: "text", text }));
  for (let number = 1; number <= 120; number += 1) await write(`Aviso número ${number}.`);
  const page = await openInbox(shop);
  await row(page, "Carla Núñez").click();
  await bubble(page, "Aviso número 120.").waitFor();
  await page.getByTestId("channel-notice").waitFor();
  await screenshot(page, "inbox-not-connected");
  await page.getByRole("region", { name: "Conversación con Carla Núñez" }).hover();
  // Turns of the wheel, until the beginning is in sight.
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, -1_500);
        return page.getByText("Aquí empieza la conversación").isVisible();
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  const first = bubble(page, "Aviso número 1.");
  await first.scrollIntoViewIfNeeded();
  const before = await first.boundingBox();

  await write("Desde otro lugar");
  await bubble(page, "Desde otro lugar").waitFor({ state: "attached" });
  expect((await first.boundingBox())?.y).toBeCloseTo(before?.y ?? Number.NaN, 0);
  await page.getByRole("button", { name: "Ir al último mensaje" }).click();
  await expect.poll(() => bubble(page, "Desde otro lugar").isVisible()).toBe(true);
  await page.getByRole("button", { name: "Ir al último mensaje" }).waitFor({ state: "detached" });
});

test("the list works by keyboard alone, and drafts stay with their conversation", async () => {
  const shop = await aConnectedShop();
  await customerWrites(shop, CARLA, "Primera");
  await customerWrites(shop, BEA, "Segunda", "Bea");
  const page = await openInbox(shop);
  await row(page, "~Bea").waitFor();
  await row(page, "~Carla").waitFor();

  await page.keyboard.press("j");
  await page.locator("[data-conversation-id]:focus").first().waitFor();
  await page.keyboard.press("Enter");
  await composer(page).waitFor();
  await page.locator("textarea:focus").waitFor();
  await page.keyboard.type("A medias");
  const there = page.url();
  await page.keyboard.press("Escape");
  await page.locator("[data-conversation-id]:focus").waitFor();
  expect(page.url()).not.toBe(there);

  await page.keyboard.press("/");
  await page.keyboard.type("bea");
  await row(page, "~Carla").waitFor({ state: "detached" });
  await page.waitForURL(/\?q=bea$/);
  await page.keyboard.press("Escape");
  await row(page, "~Carla").waitFor();

  await page.goto(there);
  await expect.poll(() => composer(page).inputValue()).toBe("A medias");
});

test("on a phone there is one pane at a time, and the way back is the browser's own", async () => {
  const shop = await aConnectedShop();
  await customerWrites(shop, CARLA, "Hola desde la calle");
  const page = await shop.context.newPage();
  await page.setViewportSize(PHONE);
  await page.goto(`/${shop.slug}/inbox`);
  await row(page, "~Carla").click();
  await bubble(page, "Hola desde la calle").waitFor();
  expect(await row(page, "~Carla").isVisible()).toBe(false);
  await screenshot(page, "inbox-phone");
  await page.goBack();
  await row(page, "~Carla").waitFor();
  expect(await composer(page).count()).toBe(0);
});

test("a conversation of another business does not exist here", async () => {
  const [mine, other] = [await aConnectedShop(), await aConnectedShop()];
  const opened = await (await done(post(mine, "/conversations", { to: `+${CARLA}` }))).json();
  expectPageError(/404/);
  const page = await other.context.newPage();
  await page.goto(`/${other.slug}/inbox/${opened.id}`);
  await page.getByText("Esta conversación no existe").waitFor();
});
