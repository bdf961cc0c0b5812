import { setTimeout as delay } from "node:timers/promises";
import { z } from "zod";
import type { ControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import { newId } from "#lib/kernel/ids.ts";
import type { ChatScript, Line, Script } from "./script.ts";
import type { Shop } from "./shop.ts";

/** Everybody plays their part from now on; resolves when all has been said. */
export async function playPeople(script: Script, shop: Shop, phones: ControlClient): Promise<void> {
  const startedAt = Date.now();
  const until = (atMs: number) => delay(Math.max(0, startedAt + atMs - Date.now()));
  await Promise.all(
    script.chats.flatMap((chat) => [
      customerWrites(chat, shop, phones, until),
      businessWrites(chat, shop, until),
      customerReads(chat, shop, phones, until),
    ]),
  );
}

type Until = (atMs: number) => Promise<void>;

async function customerWrites(
  { phone, customer }: ChatScript,
  shop: Shop,
  phones: ControlClient,
  until: Until,
) {
  const written: Line[] = [];
  for (const line of customer) {
    await until(line.atMs);
    const before = written.filter(({ text }) => text === line.text).length;
    await untilDone(async () => {
      // The answer to the first try may have been lost, and what was written with it is there.
      const shown = await phones.messages(shop.instance, phone, 100_000);
      const there = shown.filter(({ from, text }) => from === "customer" && text === line.text).length;
      if (there > before) return;
      await phones.write(shop.instance, phone, { type: "text", text: line.text, name: `Cliente ${phone}` });
    });
    written.push(line);
  }
}

async function businessWrites({ phone, business }: ChatScript, shop: Shop, until: Until) {
  let conversationId: string | null = null;
  for (const { atMs, text } of business) {
    await until(atMs);
    conversationId ??= z
      .object({ id: z.string() })
      .parse(await shop.insist("POST", "conversations", { to: phone })).id;
    const id = newId("message");
    await shop.insist("POST", `conversations/${conversationId}/messages`, { id, type: "text", text });
  }
}

async function customerReads(
  { phone, readsAtMs }: ChatScript,
  shop: Shop,
  phones: ControlClient,
  until: Until,
) {
  for (const atMs of readsAtMs) {
    await until(atMs);
    await untilDone(() => phones.read(shop.instance, phone));
  }
}

/** The practice gateway is killed as well: whoever speaks to it tries again. */
export async function untilDone<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch {
      await delay(200);
    }
  }
}
