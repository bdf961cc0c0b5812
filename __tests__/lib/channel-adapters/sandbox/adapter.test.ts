import { expect, test } from "vitest";
import type { ChannelAccess, ChannelEvent } from "#lib/channel-adapters/contract.ts";
import { evolutionAdapter } from "#lib/channel-adapters/evolution/adapter.ts";
import { ANA, API_KEY, aPractice, BUSINESS, PIXEL, type Practice, settle, until } from "./practice.ts";

function events(practice: Practice): ChannelEvent[] {
  return practice.receiver.hooks.flatMap(({ raw }) => evolutionAdapter.parse(JSON.parse(raw)));
}

test("the product's own adapter connects, sends, edits, reads and understands every webhook", async () => {
  const practice = await aPractice();
  const { control, receiver } = practice;
  const access: ChannelAccess = {
    kind: "evolution",
    baseUrl: practice.sandbox.url,
    globalKey: API_KEY,
    instanceName: "shop",
  };
  await evolutionAdapter.ping(access);
  const state = await evolutionAdapter.connect(access, { url: receiver.url, secret: "s3cr3t" });
  expect(["qr", "connecting"]).toContain(state.status);
  await until(async () => expect((await control.instance("shop")).qr).not.toBeNull());
  await control.scan("shop", { phone: BUSINESS, name: "Acme" });
  await until(async () =>
    expect(await evolutionAdapter.connectionState(access)).toMatchObject({ status: "connected" }),
  );
  await settle(practice, "shop");
  expect(events(practice)).toContainEqual(
    expect.objectContaining({ type: "connection", state: "connected", ownPhone: BUSINESS }),
  );

  const to = { kind: "phone", id: ANA } as const;
  const sent = await evolutionAdapter.send(access, { to, content: { type: "text", text: "Hola Ana" } });
  const media = {
    bytes: new Uint8Array(Buffer.from(PIXEL, "base64")),
    mimeType: "image/png",
    fileName: "a.png",
  };
  await evolutionAdapter.send(access, { to, content: { type: "image", media, text: "foto" } });
  await settle(practice, "shop");
  await control.read("shop", ANA);
  await evolutionAdapter.edit(access, { to, externalId: sent.externalId }, "Hola, Ana");
  const asked = await control.write("shop", ANA, {
    type: "image",
    media: PIXEL,
    text: "¿este?",
    name: "Ana",
    quoted: sent.externalId,
  });
  await settle(practice, "shop");
  expect(await control.messages("shop", ANA)).toMatchObject([
    { text: "Hola, Ana", status: "read" },
    { text: "foto", type: "image" },
    { id: asked.id, text: "¿este?" },
  ]);

  const told = events(practice);
  expect(told).toContainEqual(
    expect.objectContaining({ type: "receipt", externalId: sent.externalId, status: "read" }),
  );
  const message = told.flatMap((event) =>
    event.type === "message" && event.message.externalId === asked.id ? [event.message] : [],
  )[0];
  expect(message).toMatchObject({
    name: "Ana",
    fromMe: false,
    content: { type: "image", text: "¿este?" },
    quoted: { externalId: sent.externalId },
  });
  if (message?.content.type !== "image") throw new Error("no image");
  const fetched = await evolutionAdapter.fetchMedia(access, message.content.media.ref);
  expect(Buffer.from(fetched.bytes).toString("base64")).toBe(PIXEL);

  await evolutionAdapter.markRead(access, [{ chat: message.chat, externalId: asked.id }]);
  expect((await control.messages("shop", ANA)).at(-1)).toMatchObject({ status: "read" });
  const now = Date.now();
  const found = await evolutionAdapter.findMessages(access, {
    chat: [to],
    from: new Date(now - 60_000),
    to: new Date(now + 60_000),
    limit: 50,
  });
  expect(found).toHaveLength(3);
  await evolutionAdapter.disconnect(access);
  expect(await control.instances()).toEqual([]);
});
