import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import chromium from "@sparticuz/chromium";
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as driver,
  type Page,
} from "playwright-core";
import { afterAll, afterEach, expect } from "vitest";

/**
 * Chromium without an installation: CHROMIUM_PATH, else the one from npm. A page that throws or writes
 * a console error fails its test, unless that was announced with `expectPageError`.
 */
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser: Promise<Browser> | undefined;
let contexts: BrowserContext[] = [];
let errors: string[] = [];
let announced: RegExp[] = [];

async function launch(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH;
  if (own && !existsSync(own)) throw new Error(`CHROMIUM_PATH names ${own}, which is not there.`);
  const executablePath = own ?? (await chromium.executablePath());
  // In one process the whole browser ends with the first context that is closed.
  const packed = chromium.args.filter((flag) => flag !== "--single-process");
  const args = own ? FLAGS : [...packed, "--disable-background-networking"];
  return driver.launch({ executablePath, args, headless: true });
}

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** A person with a browser of their own: cookies and storage are shared by the context's pages only. */
export async function openContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  browser ??= launch();
  const context = await (await browser).newContext({ viewport: DESKTOP, locale: "en-US", ...options });
  context.on("page", watch);
  contexts.push(context);
  return context;
}

export async function openPage(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await (await openContext(options)).newPage();
  await page.goto(url);
  return page;
}

/** For the rest of this test, errors that match are taken for granted. */
export function expectPageError(pattern: RegExp): void {
  announced.push(pattern);
}

/** Written to SCREENSHOTS_DIR, or to a folder in the system's temporary one; returns the file. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = process.env.SCREENSHOTS_DIR || path.join(tmpdir(), "recado-screenshots");
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

function watch(page: Page) {
  page.on("pageerror", (error) => note(`${page.url()} threw: ${error.stack ?? error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error")
      note(`${page.url()} console.error: ${message.text()} (${message.location().url})`);
  });
}

function note(text: string) {
  if (!announced.some((pattern) => pattern.test(text))) errors.push(text);
}

afterEach(async () => {
  const found = errors;
  await Promise.all(contexts.map((context) => context.close()));
  contexts = [];
  errors = [];
  announced = [];
  expect(found, "errors in the browser").toEqual([]);
});

afterAll(async () => {
  await (await browser)?.close();
  browser = undefined;
});
