import { Agent, request } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import type { Page } from "playwright-core";
import { type Business, openBusiness } from "./business.ts";
import { percentile, spread, verdict } from "./figures.ts";
import { clock, type GatewayEar, openGatewayEar } from "./gateway-ear.ts";
import { bubblesSeen, openInboxPage } from "./inbox-page.ts";
import { onStage, type Stage } from "./stage.ts";
import { until } from "./until.ts";
import { textWebhook, webhookOf } from "./webhooks.ts";

const SAMPLES = 150;
const WARM_UP = 20;
const BUSY_PER_SECOND = 50;
const BUSY_CHATS = 200;
/** The customer whose chat is open in the browser. */
const OPEN_CHAT = 0;

/**
 * The whole product in its own processes with the inbox open in Chromium. Webhook to bubble: from just
 * before the webhook is sent until its text is in the page, with nothing else to do and beside 50
 * messages a second in 200 other chats. POST to gateway: from just before the request until the
 * gateway has the call.
 */
export async function roundtrip(): Promise<void> {
  const ear = await openGatewayEar();
  await onStage(
    async (stage) => {
      ear.target = stage.env.SANDBOX_URL ?? "";
      await stage.start("realtime", "sandbox", "worker", "web");
      const business = await openBusiness(stage);
      const post = webhookSender(stage, business);
      await post(OPEN_CHAT, "the first message");
      const conversationId = await firstConversation(stage, business);
      const address = `${stage.webUrl}/${business.slug}/inbox/${conversationId}`;
      const inbox = await openInboxPage(address, business.cookie, stage.env.CHROMIUM_PATH);
      try {
        await inbox.page.getByText("the first message").last().waitFor();
        await measureBubbles(inbox.page, post);
        await measureSends(stage, business, conversationId, ear);
      } finally {
        await inbox.close();
      }
    },
    { EVOLUTION_API_URL: ear.url },
  );
  ear.close();
}

type PostWebhook = (chat: number, text: string) => Promise<void>;
let numbered = 0;
/** Ends with a mark, because in the page the time follows without a space. */
const nextText = () => `bench-${++numbered};`;

async function measureBubbles(page: Page, post: PostWebhook): Promise<void> {
  await bubbleTimes(page, post, WARM_UP);
  const idle = await bubbleTimes(page, post, SAMPLES);
  console.log(`webhook to bubble, idle: ${spread(idle)}`);
  const stop = keepBusy(post);
  await bubbleTimes(page, post, WARM_UP);
  const busy = await bubbleTimes(page, post, SAMPLES);
  await stop();
  console.log(`webhook to bubble, ${BUSY_PER_SECOND}/s: ${spread(busy)}`);
  for (const [what, times, p50, p99] of [
    ["idle", idle, 50, 250],
    ["busy", busy, 100, 500],
  ] as const) {
    console.log(verdict(`webhook to bubble ${what}, p50 ms`, percentile(times, 0.5), { atMost: p50 }));
    console.log(verdict(`webhook to bubble ${what}, p99 ms`, percentile(times, 0.99), { atMost: p99 }));
  }
}

async function bubbleTimes(page: Page, post: PostWebhook, samples: number): Promise<number[]> {
  const sentAt = new Map<string, number>();
  for (let i = 0; i < samples; i++) {
    const text = nextText();
    sentAt.set(text, clock());
    await post(OPEN_CHAT, text);
    await delay(200 + Math.random() * 100);
  }
  const seen = await until("the bubbles", async () => {
    const now = await bubblesSeen(page);
    return [...sentAt.keys()].every((text) => now.has(text)) ? now : null;
  });
  return [...sentAt].map(([text, at]) => (seen.get(text) ?? Number.NaN) - at);
}

/** Steady traffic in other chats, until stopped. */
function keepBusy(post: PostWebhook): () => Promise<void> {
  let chat = 0;
  const under = new Set<Promise<void>>();
  const timer = setInterval(() => {
    const call = post(1 + (chat++ % BUSY_CHATS), `busy ${chat}`);
    under.add(call);
    void call.finally(() => under.delete(call));
  }, 1000 / BUSY_PER_SECOND);
  return async () => {
    clearInterval(timer);
    await Promise.all(under);
  };
}

async function measureSends(
  stage: Stage,
  business: Business,
  conversationId: string,
  ear: GatewayEar,
): Promise<void> {
  const sentAt = new Map<string, number>();
  for (let i = 0; i < WARM_UP + SAMPLES; i++) {
    const text = nextText();
    if (i >= WARM_UP) sentAt.set(text, clock());
    const answer = await fetch(`${stage.webUrl}/api/v1/conversations/${conversationId}/messages`, {
      method: "POST",
      headers: { ...business.headers, "content-type": "application/json" },
      body: JSON.stringify({ type: "text", text }),
    });
    if (!answer.ok) throw new Error(`a send was refused: ${await answer.text()}`);
    await until("the gateway to be called", async () => ear.heardAt.get(text) ?? null);
    await delay(150 + Math.random() * 100);
  }
  const times = [...sentAt].map(([text, at]) => (ear.heardAt.get(text) ?? Number.NaN) - at);
  console.log(`POST to gateway: ${spread(times)}`);
  console.log(verdict("POST to gateway, p50 ms", percentile(times, 0.5), { atMost: 30 }));
}

function webhookSender(stage: Stage, { channel }: Business): PostWebhook {
  const { url, headers } = webhookOf(stage.webUrl, channel);
  const agent = new Agent({ keepAlive: true });
  return (chat, text) =>
    new Promise((resolve, reject) => {
      const call = request(url, { agent, method: "POST", headers }, (answer) => {
        answer.resume();
        if (answer.statusCode === 200) answer.once("end", () => resolve());
        else reject(new Error(`the webhook was answered ${answer.statusCode}`));
      });
      call.once("error", reject);
      call.end(textWebhook(channel.instanceName ?? "", chat, text));
    });
}

async function firstConversation(stage: Stage, { headers }: Business): Promise<string> {
  return until("the first conversation", async () => {
    const answer = await fetch(`${stage.webUrl}/api/v1/conversations`, { headers });
    const { data }: { data: { id: string }[] } = await answer.json();
    return data[0]?.id ?? null;
  });
}
