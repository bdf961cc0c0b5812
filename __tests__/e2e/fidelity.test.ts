import type { Locator, Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  EXPECTED_MESSAGES,
  type ExpectedMessage,
} from "#__tests__/lib/channel-adapters/evolution/expected-messages.ts";
import { webhook, webhookIndex } from "#__tests__/lib/channel-adapters/evolution/fixtures.ts";
import { PHONE, screenshot } from "#__tests__/support/browser.ts";
import {
  aConnectedShop,
  gatewayOf,
  inAnotherBrowser,
  openInbox,
  type Shop,
} from "#__tests__/support/shop.ts";
import type { MessageContent } from "#lib/channel-adapters/contract.ts";
import type { MessageView } from "#lib/domain/messages/schema.ts";

let first: ReturnType<typeof register> | undefined;

async function register() {
  const shop = await aConnectedShop();
  return { shop, state: await shop.context.storageState() };
}

/** One business for all these tests: registering is limited, and each has customers of its own. */
async function theShop(): Promise<Shop> {
  first ??= register();
  const { shop, state } = await first;
  return inAnotherBrowser(shop, state);
}

const ANA = "51987654321@s.whatsapp.net";
const TIMEOUT_MS = 180_000;

type Payload = { data: { key: { remoteJid: string; id: string }; messageTimestamp: number } };

/** Every recorded message, as the index names it. */
const RECORDED = webhookIndex
  .filter(({ file }) => file.startsWith("messages.upsert."))
  .map(({ file }) => file.replace(".json", ""));

function recorded(name: string): Payload {
  return webhook(`${name}.json`) as Payload;
}

/** What the interface calls a group of kinds; each is a chat of its own, so that one can look at it. */
const GROUPS: [name: string, belongs: (name: string, expected: ExpectedMessage) => boolean][] = [
  ["Textos", (_, { content }) => content.type === "text"],
  ["Fotos", (_, { content }) => content.type === "image" || content.type === "sticker"],
  ["Sonidos", (_, { content }) => ["video", "audio", "voice", "document"].includes(content.type)],
  ["Botones", (_, { content }) => content.type === "interactive"],
  ["Otros", () => true],
];

/** One-to-one with Ana: the others are told apart by their chat, not by what their bubble shows. */
const WITH_ANA = RECORDED.filter(
  (name) => EXPECTED_MESSAGES[name] && recorded(name).data.key.remoteJid === ANA,
);

function groupOf(name: string): number {
  const expected = EXPECTED_MESSAGES[name];
  return GROUPS.findIndex(([, belongs]) => expected && belongs(name, expected));
}

const phoneOf = (group: number) => `5198800000${group + 1}`;

/** The fixture in the chat of its group, each a second after the last. */
function inItsGroup(name: string, at: number): Payload {
  const payload = structuredClone(recorded(name));
  payload.data.key.remoteJid = `${phoneOf(groupOf(name))}@s.whatsapp.net`;
  payload.data.messageTimestamp = at;
  return payload;
}

async function threadOf({ context }: Shop, phone: string): Promise<{ id: string; messages: MessageView[] }> {
  const found = await (await context.request.get(`/api/v1/conversations?q=${phone}`)).json();
  const id: string = found.data[0]?.id ?? "";
  if (!id) return { id, messages: [] };
  const answer = await context.request.get(`/api/v1/conversations/${id}/messages?limit=100`);
  return { id, messages: (await answer.json()).data.reverse() };
}

test(
  "every recorded message has a bubble that shows what it is",
  async () => {
    const shop = await theShop();
    const { deliver } = await gatewayOf(shop);
    const from = Math.floor(Date.now() / 1000) - 3_600;
    for (const [index, name] of WITH_ANA.entries()) await deliver(inItsGroup(name, from + index));

    const page = await openInbox(shop);
    for (const [group, [title]] of GROUPS.entries()) {
      const names = WITH_ANA.filter((name) => groupOf(name) === group);
      await expect
        .poll(async () => (await threadOf(shop, phoneOf(group))).messages.length, { timeout: 60_000 })
        .toBe(names.length);
      const { id, messages } = await threadOf(shop, phoneOf(group));
      await page.goto(`/${shop.slug}/inbox/${id}`);
      for (const [index, name] of names.entries()) {
        const expected = EXPECTED_MESSAGES[name];
        const row = page.locator(`[data-message-id="${messages[index]?.id}"]`).first();
        if (expected) await expectShown(row, expected, name);
      }
      await expectNoBrokenPicture(page);
      await look(page, `fidelity-${title}`);
    }
  },
  TIMEOUT_MS,
);

test(
  "messages under hidden ids, from the phone and from lists stand in their own chats, posts in none",
  async () => {
    const shop = await theShop();
    const { deliver } = await gatewayOf(shop);
    const others = RECORDED.filter((name) => !WITH_ANA.includes(name));
    for (const name of others) await deliver(recorded(name));
    const page = await openInbox(shop);
    const rows = page.locator("[data-conversation-id]");
    await rows.filter({ hasText: "LID sin teléfono" }).waitFor();
    await rows.filter({ hasText: "respuesta a LID" }).waitFor();
    await rows.filter({ hasText: "Hola PN con lid" }).waitFor();
    await rows.filter({ hasText: "nota para mí" }).waitFor();
    await rows.filter({ hasText: "sin nombre" }).waitFor();
    // Groups show only when the business allows them, posts never.
    expect(await rows.filter({ hasText: "hola grupo" }).count()).toBe(0);
    await look(page, "fidelity-list");
  },
  TIMEOUT_MS,
);

const FILE_KINDS = new Set(["image", "video", "audio", "voice", "document", "sticker"]);

/** What a person must find in the bubble, by the plain reading of the fixture. */
async function expectShown(row: Locator, expected: ExpectedMessage, name: string): Promise<void> {
  await row.waitFor();
  const words = wordsOf(expected.content);
  const shown = ((await row.textContent()) ?? "").replace(/\s+/g, " ");
  for (const word of words) expect(shown, name).toContain(word.replace(/\s+/g, " ").trim());
  if (FILE_KINDS.has(expected.content.type)) await expectFile(row, expected.content, name);
  if (expected.forwarded) expect(shown, name).toContain("Reenviado");
  if (expected.ad) expect(shown, name).toContain("Llegó desde un anuncio");
  if (expected.quoted?.text) expect(shown, name).toContain(expected.quoted.text);
  if ("viewOnce" in expected.content && expected.content.viewOnce)
    expect(shown, name).toContain("Para ver una sola vez");
}

function wordsOf(content: MessageContent): string[] {
  switch (content.type) {
    case "text":
      return [content.text.replaceAll(/[\u202a-\u202e]/g, "").split(" ")[0] ?? ""];
    case "image":
    case "video":
      return content.text ? [content.text] : [];
    case "document":
      return [content.media.fileName ?? "", content.text ?? ""].filter(Boolean);
    case "location":
      return [content.name ?? "", content.address ?? "", "-12.12110", "Google Maps"].filter(Boolean);
    case "contacts":
      return content.contacts.flatMap(({ name, phones }) => [name, ...phones, "Abrir chat"]);
    case "poll":
      return [content.question, ...content.options];
    case "interactive":
      return [
        content.text,
        content.title ?? "",
        content.footer ?? "",
        ...(content.kind === "event" ? [] : (content.options ?? []).map(({ title }) => title)),
      ].filter(Boolean);
    case "unsupported":
      return ["sus datos originales se conservan"];
    case "system":
      return [content.event === "album" ? "Álbum" : "Se fijó un mensaje"];
    case "audio":
    case "voice":
    case "sticker":
      return [];
  }
}

/** The file, its way here, or why there is none and a button. */
async function expectFile(row: Locator, { type }: MessageContent, name: string): Promise<void> {
  const there = row.locator("img, video, button[aria-label=Reproducir], a[target=_blank]");
  const words = row.getByText(/Descargando|Reintentar|Sticker animado/);
  expect(await there.or(words).count(), `${name}: ${type}`).toBeGreaterThan(0);
}

async function expectNoBrokenPicture(page: Page): Promise<void> {
  const broken = () =>
    page.evaluate(() =>
      [...document.images]
        .filter(({ complete, naturalWidth }) => complete && naturalWidth === 0)
        .map(({ src }) => src.slice(0, 80)),
    );
  await expect.poll(broken).toEqual([]);
}

/** Wide and narrow, light and dark. */
async function look(page: Page, name: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width: 1440, height: 1400 });
    await screenshot(page, `${name}-${scheme}`);
    await page.setViewportSize({ width: PHONE.width, height: 1400 });
    if (scheme === "light") await screenshot(page, `${name}-narrow`);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1440, height: 900 });
}

const row = (page: Page, name: string) => page.locator("[data-conversation-id]", { hasText: name });
const bubble = (page: Page, text: string | RegExp) => page.locator("article", { hasText: text });
const composer = (page: Page) => page.getByRole("textbox", { name: /^Escribe a / });

async function menuOf(page: Page, message: Locator, item: string): Promise<void> {
  await message.first().hover();
  await message.first().getByRole("button", { name: "Opciones del mensaje" }).click();
  await page.getByRole("menuitem", { name: item, exact: true }).click();
}

/** A small photo drawn by the browser itself. */
async function aPhoto(page: Page, name: string, width = 640, height = 480) {
  const base64 = await page.evaluate(
    ([w, h]) => {
      const canvas = document.createElement("canvas");
      canvas.width = w ?? 1;
      canvas.height = h ?? 1;
      const context = canvas.getContext("2d");
      if (!context) throw new Error("no canvas");
      const sky = context.createLinearGradient(0, 0, w ?? 1, h ?? 1);
      sky.addColorStop(0, "#d8896b");
      sky.addColorStop(1, "#356a6d");
      context.fillStyle = sky;
      context.fillRect(0, 0, w ?? 1, h ?? 1);
      return canvas.toDataURL("image/jpeg").split(",")[1] ?? "";
    },
    [width, height],
  );
  return { name, mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") };
}

test(
  "a quote, a reaction, an edit and a deletion go out and come in, and show on both sides",
  async () => {
    const shop = await theShop();
    const { phones, instance } = await gatewayOf(shop);
    const CARLA = "51912345101";
    const question = await phones.write(instance, CARLA, {
      type: "text",
      text: "¿Hacen envíos?",
      name: "Carla",
    });
    const page = await openInbox(shop);
    await row(page, "Carla").click();
    await bubble(page, "¿Hacen envíos?").waitFor();

    await menuOf(page, bubble(page, "¿Hacen envíos?"), "Responder");
    await page.getByText("Respuesta a ~Carla", { exact: true }).waitFor();
    await composer(page).fill("Sí, a todo Lima");
    await composer(page).press("Enter");
    const answer = bubble(page, "Sí, a todo Lima");
    await answer.getByRole("button", { name: /¿Hacen envíos\?/ }).waitFor();
    await answer.locator("[data-tick=delivered]").waitFor();
    const [, told] = await phones.messages(instance, CARLA);
    expect(told?.quotedId).toBe(question.id);

    await bubble(page, "¿Hacen envíos?").first().hover();
    await bubble(page, "¿Hacen envíos?")
      .first()
      .getByRole("button", { name: "Opciones del mensaje" })
      .click();
    await page.getByRole("menuitem", { name: "Reaccionar con 👍" }).click();
    await page.getByRole("button", { name: /^👍/ }).waitFor();
    await expect
      .poll(async () => (await phones.messages(instance, CARLA))[0]?.reactions)
      .toEqual([{ from: "business", emoji: "👍" }]);
    await screenshot(page, "fidelity-reply");
    await page.getByRole("button", { name: /^👍/ }).click();
    await expect.poll(async () => (await phones.messages(instance, CARLA))[0]?.reactions).toEqual([]);

    await menuOf(page, answer, "Editar");
    await page.getByText("Editas este mensaje").waitFor();
    await composer(page).fill("Sí, a todo Lima y Callao");
    await composer(page).press("Enter");
    const edited = bubble(page, "Sí, a todo Lima y Callao");
    await edited.getByText("Editado").waitFor();
    expect((await phones.messages(instance, CARLA))[1]?.editedAt).not.toBeNull();

    await menuOf(page, edited, "Eliminar para todos");
    await page.getByRole("button", { name: "Eliminar para todos" }).click();
    await bubble(page, "Se eliminó este mensaje").waitFor();
    expect((await phones.messages(instance, CARLA))[1]?.deletedAt).not.toBeNull();

    await phones.write(instance, CARLA, { type: "edit", target: question.id, text: "¿Hacen envíos hoy?" });
    await bubble(page, "¿Hacen envíos hoy?").getByText("Editado").waitFor();
    await phones.write(instance, CARLA, { type: "delete", target: question.id });
    await expect.poll(() => bubble(page, "Se eliminó este mensaje").count()).toBe(2);
    await row(page, "Carla")
      .getByText("Se eliminó este mensaje")
      .or(row(page, "Carla").getByText("Mensaje eliminado"))
      .first()
      .waitFor();
    await screenshot(page, "fidelity-deleted");
  },
  TIMEOUT_MS,
);

test(
  "several files are looked at, described, put in order and sent, and open large",
  async () => {
    const shop = await theShop();
    const { phones, instance } = await gatewayOf(shop);
    const BRUNO = "51912345102";
    await phones.write(instance, BRUNO, { type: "text", text: "Mándame fotos", name: "Bruno" });
    const page = await openInbox(shop);
    await row(page, "Bruno").click();
    await bubble(page, "Mándame fotos").waitFor();

    const note = { name: "precios.txt", mimeType: "text/plain", buffer: Buffer.from("rosas: 10") };
    await page.getByTestId("file-picker").setInputFiles([await aPhoto(page, "rosas.jpg"), note]);
    await page.getByText("2 archivos", { exact: true }).waitFor();
    await page.getByRole("textbox", { name: "Comentario de rosas.jpg" }).fill("Las de hoy");
    await page.getByRole("button", { name: "Mover después" }).first().click();
    await screenshot(page, "fidelity-attachments");
    await page.getByRole("button", { name: "Enviar 2 archivos" }).click();

    const photo = bubble(page, "Las de hoy");
    await photo.locator("img").waitFor();
    await photo.locator("[data-tick=delivered]").waitFor();
    await bubble(page, "precios.txt").locator("[data-tick=delivered]").waitFor();
    const sent = (await phones.messages(instance, BRUNO)).filter(({ from }) => from === "business");
    expect(sent.map(({ media }) => media?.fileName ?? media?.mimeType)[0]).toBe("precios.txt");
    expect(sent).toHaveLength(2);

    // From the server, after a reload, it is the same.
    await page.reload();
    await bubble(page, "Las de hoy").locator("img").waitFor();
    await expectNoBrokenPicture(page);
    await bubble(page, "Las de hoy").getByRole("button", { name: "Ver en grande" }).click();
    await page.getByRole("dialog").getByRole("img").waitFor();
    await page.keyboard.press("+");
    await screenshot(page, "fidelity-lightbox");
    await page.keyboard.press("Escape");
    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
  },
  TIMEOUT_MS,
);

test(
  "a voice note is recorded, paused, listened to and sent; without a microphone it says why",
  async () => {
    const shop = await theShop();
    const { phones, instance } = await gatewayOf(shop);
    const DORA = "51912345103";
    await phones.write(instance, DORA, { type: "text", text: "Cuéntame", name: "Dora" });
    const page = await openInbox(shop);
    await row(page, "Dora").click();
    await bubble(page, "Cuéntame").waitFor();

    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await page.getByRole("button", { name: "Grabar nota de voz" }).click();
    await page.getByText("no tiene permiso para usar el micrófono").waitFor();
    await page.getByRole("button", { name: "Entendido" }).click();

    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = async () => {
        const context = new AudioContext();
        const tone = context.createOscillator();
        const out = context.createMediaStreamDestination();
        tone.connect(out);
        tone.start();
        return out.stream;
      };
    });
    await page.getByRole("button", { name: "Grabar nota de voz" }).click();
    await page.getByRole("timer").filter({ hasText: "0:02" }).waitFor();
    await page.getByRole("button", { name: "Pausar la grabación" }).click();
    await page.getByRole("button", { name: "Seguir grabando" }).click();
    await screenshot(page, "fidelity-recording");
    await page.getByRole("button", { name: "Terminar y escuchar" }).click();
    await page.getByRole("button", { name: "Reproducir", exact: true }).waitFor();
    await page.getByRole("button", { name: "Enviar nota de voz" }).click();
    const note = page.locator("article").filter({ has: page.getByRole("button", { name: "Reproducir" }) });
    await note.locator("[data-tick=delivered]").waitFor();
    await screenshot(page, "fidelity-voice");
    const sent = (await phones.messages(instance, DORA)).at(-1);
    expect(sent?.from).toBe("business");
    expect(sent?.media?.mimeType).toContain("audio/");
  },
  TIMEOUT_MS,
);
