import chromium from "@sparticuz/chromium";
import { chromium as driver, type Page } from "playwright-core";

/** The texts of bubbles, with the moment each was first in the page. */
declare global {
  interface Window {
    bubbleSeenAt: Map<string, number>;
  }
}

/** Opens a page of the product in a real browser, logged in, and watches its bubbles from the start. */
export async function openInboxPage(url: string, cookie: string, chromiumPath: string | undefined) {
  const executablePath = chromiumPath || (await chromium.executablePath());
  const args = [...chromium.args, "--disable-background-networking"];
  const browser = await driver.launch({ executablePath, args, headless: true });
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: "en-US" });
  await context.addCookies([{ name: "next-auth.session-token", value: cookie, url: new URL(url).origin }]);
  const page = await context.newPage();
  await page.addInitScript(watchBubbles);
  await page.goto(url);
  return { page, close: () => browser.close() };
}

/** Runs in the page. */
function watchBubbles() {
  window.bubbleSeenAt = new Map();
  const note = (element: Element) => {
    for (const [text] of element.textContent?.matchAll(/bench-\d+;/g) ?? [])
      if (!window.bubbleSeenAt.has(text))
        window.bubbleSeenAt.set(text, performance.timeOrigin + performance.now());
  };
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        if (node.closest("[data-message-id]")) note(node);
        else for (const bubble of node.querySelectorAll("[data-message-id]")) note(bubble);
      }
    }
  }).observe(document, { childList: true, subtree: true });
}

export async function bubblesSeen(page: Page): Promise<Map<string, number>> {
  return new Map(await page.evaluate(() => [...window.bubbleSeenAt]));
}
