import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { ControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import { ConversationView } from "#lib/domain/conversations/schema.ts";
import { MessageView } from "#lib/domain/messages/schema.ts";
import { Registered } from "#lib/domain/tenants/schema.ts";

const PASSWORD = "una-clave-larga-7391";
const OWN_PHONE = "51900000001";
const ANSWER_TIMEOUT_MS = 10_000;

/** A business as its browser sees it: nothing but the public API, with the owner's session. */
export class Shop {
  readonly #url: string;
  readonly #cookie: string;
  readonly channelId: string;
  readonly instance: string;

  private constructor(url: string, cookie: string, channelId: string, instance: string) {
    this.#url = url;
    this.#cookie = cookie;
    this.channelId = channelId;
    this.instance = instance;
  }

  /** Registers, scans with the practice phone and switches pacing off. */
  static async open(url: string, phones: ControlClient): Promise<Shop> {
    const person = { businessName: "Tienda Tormenta", name: "Ana", email: "ana@example.test" };
    const registered = await fetch(`${url}/api/v1/register`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: url },
      body: JSON.stringify({ ...person, password: PASSWORD, country: "PE" }),
    });
    const { channel } = Registered.parse(await registered.json());
    const cookie = await logIn(url, person.email);
    const [instance] = await phones.instances();
    const shop = new Shop(url, cookie, channel.id, instance?.instance ?? "");
    await phones.scan(shop.instance, { phone: OWN_PHONE });
    await shop.#untilConnected();
    await shop.ask("PATCH", `channels/${channel.id}/pacing`, { perMinute: null });
    return shop;
  }

  async #untilConnected(): Promise<void> {
    for (;;) {
      const { status } = z
        .object({ status: z.string() })
        .parse(await this.ask("GET", `channels/${this.channelId}`));
      if (status === "connected") return;
      await delay(50);
    }
  }

  /** One call; throws for anything but success. */
  async ask(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}/api/v1/${path}`, {
      method,
      headers: { cookie: this.#cookie, origin: this.#url, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok) throw new Refused(response.status, `${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }

  /** The same, repeated as a browser does until it is through; a refusal that no repeating heals is thrown. */
  async insist(method: string, path: string, body?: unknown): Promise<unknown> {
    for (;;) {
      try {
        return await this.ask(method, path, body);
      } catch (error) {
        if (error instanceof Refused && error.status < 500 && error.status !== 429) throw error;
        await delay(300);
      }
    }
  }

  async conversations(): Promise<ConversationView[]> {
    return this.#all("conversations", ConversationView);
  }

  /** Oldest first, as the thread shows them. */
  async messages(conversationId: string): Promise<MessageView[]> {
    return (await this.#all(`conversations/${conversationId}/messages`, MessageView)).reverse();
  }

  async #all<S extends z.ZodType>(path: string, schema: S): Promise<z.output<S>[]> {
    const page = z.object({ data: z.array(schema), next: z.string().nullable() });
    const found: z.output<S>[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor ? `&cursor=${encodeURIComponent(cursor)}` : "";
      const { data, next } = page.parse(await this.insist("GET", `${path}?limit=100${query}`));
      found.push(...data);
      cursor = next;
    } while (cursor);
    return found;
  }
}

class Refused extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function logIn(url: string, email: string): Promise<string> {
  const cookies = new Map<string, string>();
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = ""] = line.split(";");
      cookies.set(pair.slice(0, pair.indexOf("=")), pair.slice(pair.indexOf("=") + 1));
    }
  };
  const header = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const csrf = await fetch(`${url}/api/auth/csrf`);
  keep(csrf);
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await csrf.json());
  keep(
    await fetch(`${url}/api/auth/callback/credentials`, {
      method: "POST",
      redirect: "manual",
      headers: { origin: url, cookie: header(), "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ csrfToken, email, password: PASSWORD, json: "true" }).toString(),
    }),
  );
  return header();
}
