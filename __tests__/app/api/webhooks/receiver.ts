import { createServer } from "node:http";
import { afterAll } from "vitest";
import { POST } from "#app/api/webhooks/evolution/[channelId]/route.ts";
import { answerWebhook } from "#lib/http/webhook-listener.ts";
import { decrypt } from "#lib/kernel/crypto.ts";
import type { Channel } from "#prisma/generated/client.ts";

/** Node asks for this where a body is a stream; the DOM's types do not know it. */
const STREAMS = { duplex: "half" };

/**
 * Both ways in over real HTTP: the web process's own, and the route file for other servers, which gets
 * the body as a stream as it does under Next.
 */
const server = createServer(async (incoming, outgoing) => {
  if (!incoming.headers["x-through-route"] && answerWebhook(incoming, outgoing)) return;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (typeof value === "string") headers.set(name, value);
  const url = new URL(incoming.url ?? "/", "http://127.0.0.1");
  const channelId = decodeURIComponent(url.pathname.split("/").at(-1) ?? "");
  const chunks = incoming[Symbol.asyncIterator]();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
  });
  const answer = await POST(new Request(url, { method: "POST", headers, body, ...STREAMS }), {
    params: Promise.resolve({ channelId }),
  });
  outgoing.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text());
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
if (!address || typeof address === "string") throw new Error("the receiver has no port");
export const receiverPort = address.port;

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

export function secretOf(channel: Channel): string {
  return decrypt(channel.webhookSecret, channel.id);
}

export function addressOf(channelId: string): string {
  return `http://127.0.0.1:${receiverPort}/api/webhooks/evolution/${encodeURIComponent(channelId)}`;
}

/** Posts as the gateway does; answers the status and the problem's code. */
export async function deliver(
  channel: Channel,
  payload: unknown,
  { secret = secretOf(channel), channelId = channel.id }: { secret?: string | null; channelId?: string } = {},
): Promise<{ status: number; code: string | null }> {
  const response = await fetch(addressOf(channelId), {
    method: "POST",
    headers: { "content-type": "application/json", ...(secret !== null && { "X-Hook-Secret": secret }) },
    body: typeof payload === "string" ? payload : JSON.stringify(payload),
  });
  const text = await response.text();
  return { status: response.status, code: text === "" ? null : JSON.parse(text).code };
}

let made = 0;

/** A customer's text as the gateway reports it (evolution CONTRACT section 11). */
export function aCustomerText(
  text: string,
  { phone = "51987654321", at = new Date(), id = `3EB0${made++}` } = {},
) {
  return {
    event: "messages.upsert",
    instance: "business_x",
    data: {
      key: { remoteJid: `${phone}@s.whatsapp.net`, fromMe: false, id },
      pushName: "Rosa",
      message: { conversation: text },
      messageType: "conversation",
      messageTimestamp: Math.floor(at.getTime() / 1000),
      instanceId: "x",
      source: "android",
    },
    destination: "http://127.0.0.1",
    date_time: at.toISOString(),
    sender: "51900000001@s.whatsapp.net",
    server_url: "http://127.0.0.1",
    apikey: "x",
  };
}
