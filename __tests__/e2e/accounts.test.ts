import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { expectPageError, openContext, openPage, PHONE } from "#__tests__/support/browser.ts";
import { sharedProduct } from "#__tests__/support/product.ts";

let url: string;

beforeAll(async () => {
  url = (await sharedProduct()).url;
});

const SPANISH = { locale: "es-PE", timezoneId: "America/Lima" };
const PASSWORD = "lluvia bicicleta mango";
let people = 0;
const newEmail = () => `ana.${process.pid}.${Date.now()}.${people++}@tienda.pe`;

async function register(page: Page, email: string): Promise<string> {
  await page.getByLabel("Nombre del negocio").fill("Bodega Rosita");
  await page.getByLabel("Tu nombre").fill("Ana Torres");
  await page.getByLabel("Correo electrónico").fill(email);
  await page.getByLabel("Contraseña", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "Crear cuenta" }).click();
  await page.waitForURL(/\/settings\/channels\/chn_/);
  return new URL(page.url()).pathname.split("/")[1] ?? "";
}

async function registered(options = {}) {
  const context = await openContext({ ...SPANISH, ...options });
  const page = await context.newPage();
  await page.goto(`${url}/register`);
  const email = newEmail();
  const slug = await register(page, email);
  return { context, page, email, slug };
}

async function logIn(page: Page, email: string, password: string) {
  await page.getByLabel("Correo electrónico").fill(email);
  await page.getByLabel("Contraseña", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Entrar" }).click();
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map((node) => `${id} at ${node.target.join(" ")}`));
}

describe("registering", () => {
  test("wrong fields are named where they are, and the first one gets the focus", async () => {
    const page = await openPage(`${url}/register`, SPANISH);
    await page.getByText("Perú, Lima (GMT-5)").waitFor();
    await page.getByLabel("Correo electrónico").fill("ana@");
    await page.getByLabel("Contraseña", { exact: true }).fill("1234567890");
    await page.getByRole("button", { name: "Crear cuenta" }).click();
    await page.getByText("Escribe el nombre de tu negocio.").waitFor();
    await page.getByText("Escribe un correo válido, como ana@tienda.com.").waitFor();
    await page.getByText("Es fácil de adivinar. Elige otra menos común").waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("businessName");
    await page.getByLabel("Nombre del negocio").fill("Bodega");
    await expect.poll(() => page.getByText("Escribe el nombre de tu negocio.").count()).toBe(0);
  });

  test("an e-mail that has an account leads to its log-in", async () => {
    const { email } = await registered();
    expectPageError(/409/);
    const page = await openPage(`${url}/register`, SPANISH);
    await page.getByLabel("Nombre del negocio").fill("Otra bodega");
    await page.getByLabel("Tu nombre").fill("Ana Torres");
    await page.getByLabel("Correo electrónico").fill(email);
    await page.getByLabel("Contraseña", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "Crear cuenta" }).click();
    await page.getByText("Ya hay una cuenta con este correo.").waitFor();
    await page.getByRole("link", { name: "Entra con ella" }).click();
    await page.waitForURL(/\/login/);
    await expect.poll(() => page.getByLabel("Correo electrónico").inputValue()).toBe(email);
  });
});

describe("logging in and out", () => {
  test("out, refused with a wrong password, in again, to the page that was asked for", async () => {
    const { page, email, slug } = await registered();
    await page.getByRole("button", { name: /Tu cuenta/ }).click();
    await page.getByRole("menuitem", { name: "Cerrar sesión" }).click();
    await page.waitForURL(`${url}/login`);

    expectPageError(/401/);
    await page.goto(`${url}/${slug}/settings/profile`);
    await page.waitForURL(/\/login\?next=/);
    await logIn(page, email, "not the password");
    await page.getByText("El correo o la contraseña no coinciden").waitFor();
    await logIn(page, email, PASSWORD);
    await page.waitForURL(new RegExp(`/${slug}/`));
  });

  test("too many attempts say how long to wait, and the button waits too", async () => {
    expectPageError(/401/);
    const page = await openPage(`${url}/login`, SPANISH);
    const email = newEmail();
    for (let attempt = 0; attempt < 9; attempt += 1) {
      const answered = page.waitForResponse((response) => response.url().includes("/callback/credentials"));
      await logIn(page, email, "not the password");
      await answered;
    }
    await page.getByText("Demasiados intentos seguidos").waitFor();
    expect(await page.getByText(/Podrás probar otra vez en \d+ segundos/).count()).toBe(1);
    expect(await page.getByRole("button", { name: "Entrar" }).isDisabled()).toBe(true);
  });

  test("another's workspace is not found", async () => {
    const { slug } = await registered();
    const { page } = await registered();
    expectPageError(/404/);
    const response = await page.goto(`${url}/${slug}/inbox`);
    expect(response?.status()).toBe(404);
    await page.getByText("Esta página no existe").waitFor();
  });
});

describe("language and theme", () => {
  test.each([
    ["pt-BR", "pt-BR", "Entre no Recado"],
    ["en-GB", "en", "Log in to Recado"],
    ["fr-FR", "es", "Entra a Recado"],
  ])("a browser in %s is spoken to in %s", async (browserLocale, lang, heading) => {
    const page = await openPage(`${url}/login`, { locale: browserLocale });
    await page.getByRole("heading", { name: heading }).waitFor();
    expect(await page.locator("html").getAttribute("lang")).toBe(lang);
  });

  test("a choice shows at once and is in the server's first paint from then on, on any device", async () => {
    const { page, context, email, slug } = await registered();
    await page.getByRole("button", { name: /Tu cuenta/ }).click();
    const saved = page.waitForResponse((response) => response.url().endsWith("/api/v1/me"));
    await page.getByRole("menuitemradio", { name: "Oscura" }).click();
    expect(await page.locator("html").getAttribute("class")).toBe("dark");
    expect((await saved).status()).toBe(200);
    const html = await (await context.request.get(`${url}/${slug}/settings/profile`)).text();
    expect(html).toMatch(/<html lang="es" class="dark">/);

    await page.getByRole("button", { name: /Tu cuenta/ }).click();
    await page.getByRole("menuitemradio", { name: "English" }).click();
    await page.getByRole("button", { name: /Your account/ }).waitFor();

    const elsewhere = await openPage(`${url}/login`, SPANISH);
    await logIn(elsewhere, email, PASSWORD);
    await elsewhere.waitForURL(new RegExp(`/${slug}/`));
    await elsewhere.getByRole("button", { name: /Your account/ }).waitFor();
    expect(await elsewhere.locator("html").getAttribute("class")).toBe("dark");
  });
});

describe("settings", () => {
  test("unsaved changes are asked about before a link throws them away", async () => {
    const { page, slug } = await registered();
    await page.goto(`${url}/${slug}/settings/profile`);
    await page.getByLabel("Nombre", { exact: true }).fill("Ana María Torres");
    await page.getByRole("link", { name: "Claves de API" }).click();
    await page.getByRole("alertdialog", { name: "¿Salir sin guardar?" }).waitFor();
    await page.getByRole("button", { name: "Seguir aquí" }).click();
    await page.getByRole("button", { name: "Guardar cambios" }).click();
    await page.getByText("Cambios guardados").waitFor();
    await page.getByRole("link", { name: "Claves de API" }).click();
    await page.waitForURL(/api-keys/);
    await page.getByRole("button", { name: "Tu cuenta: Ana María Torres" }).waitFor();
  });

  test("a changed password ends the other sessions and keeps this one", async () => {
    const { page, slug, email } = await registered();
    const other = await openPage(`${url}/login`, SPANISH);
    await logIn(other, email, PASSWORD);
    await other.waitForURL(new RegExp(`/${slug}/`));

    expectPageError(/422/);
    await page.goto(`${url}/${slug}/settings/profile`);
    const current = page.getByLabel("Contraseña actual");
    await current.fill("not the password");
    await page.getByLabel("Contraseña nueva").fill("otra frase bien larga");
    await page.getByRole("button", { name: "Cambiar contraseña" }).click();
    await page.getByText("No es tu contraseña actual.").waitFor();
    await current.fill(PASSWORD);
    await page.getByRole("button", { name: "Cambiar contraseña" }).click();
    await page.getByText("Contraseña cambiada").waitFor();

    await page.reload();
    await page.getByRole("heading", { name: "Perfil" }).waitFor();
    await other.goto(`${url}/${slug}/settings/profile`);
    await other.waitForURL(/\/login/);
  });

  test("an API key is shown once, works, and is gone when revoked", async () => {
    const { page, slug, context } = await registered();
    await page.goto(`${url}/${slug}/settings/api-keys`);
    await page.getByRole("button", { name: "Crear clave" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "Crear clave" }).click();
    await dialog.getByText("Elige al menos un permiso.").waitFor();
    await dialog.getByLabel("Nombre").fill("Tienda en línea");
    await dialog.getByRole("button", { name: "Solo leer" }).click();
    await dialog.getByRole("button", { name: "Crear clave" }).click();
    await page.getByText("Tu clave está lista").waitFor();
    await page.keyboard.press("Escape");
    const key = await dialog.getByLabel("Clave", { exact: true }).inputValue();
    const call = () =>
      context.request.get(`${url}/api/v1/channels`, {
        headers: { authorization: `Bearer ${key}`, cookie: "" },
      });
    expect((await call()).status()).toBe(200);

    await dialog.getByRole("button", { name: "Ya la guardé" }).click();
    await page.getByRole("cell", { name: /^Tienda en línea/ }).waitFor();
    expect(await page.content()).not.toContain(key);
    await page.getByRole("button", { name: "Revocar Tienda en línea" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Revocar" }).click();
    await page.getByText("Todavía no hay claves").waitFor();
    expect((await call()).status()).toBe(401);
  });
});

describe("for everybody", () => {
  test.each(["light", "dark"] as const)("no accessibility violation, %s", async (colorScheme) => {
    const context = await openContext({ ...SPANISH, colorScheme, reducedMotion: "reduce" });
    const page = await context.newPage();
    for (const path of ["/login", "/register"]) {
      await page.goto(url + path);
      expect(await violations(page), path).toEqual([]);
    }
    const slug = await register(page, newEmail());
    for (const path of ["profile", "api-keys"]) {
      await page.goto(`${url}/${slug}/settings/${path}`);
      await page.getByRole("heading", { level: 1 }).waitFor();
      expect(await violations(page), path).toEqual([]);
    }
    await page.getByRole("button", { name: "Crear clave" }).click();
    expect(await violations(page), "dialog").toEqual([]);
  });

  test("the keyboard map opens with ? and Escape gives the focus back", async () => {
    const { page, slug } = await registered();
    await page.goto(`${url}/${slug}/settings/profile`);
    await page.getByRole("link", { name: "Perfil" }).focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Atajos de teclado" }).waitFor();
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Perfil");
    await page.getByLabel("Nombre", { exact: true }).focus();
    await page.keyboard.type("?");
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  test("narrow screens have the places at the bottom, and nothing is cut off", async () => {
    const { page, slug } = await registered({ viewport: PHONE });
    await page.goto(`${url}/${slug}/settings/api-keys`);
    await page.getByRole("navigation", { name: "Navegación principal" }).getByText("Ajustes").waitFor();
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
