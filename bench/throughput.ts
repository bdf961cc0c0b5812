import { setTimeout as delay } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { systemContext } from "#lib/auth/system-context.ts";
import { systemPool } from "#lib/db/system-pool.ts";
import { recordInboundEvent } from "#lib/domain/inbound-events/record-inbound-event.ts";
import { sendToPhone } from "#lib/domain/messages/send-message.ts";
import { asId } from "#lib/kernel/ids.ts";
import { type Business, openBusiness } from "./business.ts";
import { median, verdict } from "./figures.ts";
import { onStage, type Stage } from "./stage.ts";
import { phoneOf, textWebhook } from "./webhooks.ts";

const ROUNDS = 3;
const CHATS = 300;
const INBOUND = 1500;
const SENDS = 800;

/**
 * How much one worker gets done: everything is queued while it is not running, then it is started and
 * timed from its first finished job to its last. Chats are many, because one chat is one line. The
 * web process is down meanwhile: the practice gateway keeps its own webhooks for later.
 */
export function throughput(): Promise<void> {
  return onStage(async (stage) => {
    await stage.start("realtime", "sandbox", "worker", "web");
    const business = await openBusiness(stage);
    await stage.stop("web", "worker");
    const received: number[] = [];
    const sent: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      await queueInbound(business);
      received.push(await workThrough(stage, INBOUND, PENDING_EVENTS));
      await queueSends(business);
      sent.push(await workThrough(stage, SENDS, UNSENT));
      console.log(
        `round ${round}: received ${received.at(-1)?.toFixed(0)}/s, sent ${sent.at(-1)?.toFixed(0)}/s`,
      );
    }
    await assertAllWell();
    console.log(verdict("received a second, median", median(received), { atLeast: 300 }));
    console.log(verdict("sent a second, median", median(sent), { atLeast: 200 }));
  });
}

const PENDING_EVENTS = "select count(*) as n from inbound_events where status = 'pending'";
const UNSENT =
  "select count(*) as n from messages where direction = 'outbound' and status in ('queued', 'sending')";

/** Finished per second, from the moment the worker has begun. */
async function workThrough(stage: Stage, total: number, left: string): Promise<number> {
  await stage.start("worker");
  let begun: { at: number; left: number } | undefined;
  for (;;) {
    const now = await stage.count(left);
    if (!begun && now < total) begun = { at: performance.now(), left: now };
    if (begun && now === 0) {
      const rate = begun.left / ((performance.now() - begun.at) / 1000);
      await stage.stop("worker");
      return rate;
    }
    await delay(20);
  }
}

let numbered = 0;

async function queueInbound({ channel }: Business): Promise<void> {
  const [tenantId, channelId] = [asId("tenant", channel.tenantId), asId("channel", channel.id)];
  const deliveries = Array.from({ length: INBOUND }, () => {
    const chat = ++numbered % CHATS;
    const body = textWebhook(
      channel.instanceName ?? "",
      chat,
      `Hola, ¿tienen turno para mañana? ${numbered}`,
    );
    return {
      tenantId,
      channelId,
      name: "messages.upsert",
      chatKey: `phone:${phoneOf(chat)}`,
      body,
      headers: {},
      receivedAt: new Date(),
    };
  });
  await Promise.all(deliveries.map((delivery) => recordInboundEvent(delivery)));
}

async function queueSends({ channel }: Business): Promise<void> {
  const ctx = systemContext(asId("tenant", channel.tenantId));
  for (let i = 0; i < SENDS; i += 10) {
    const some = Array.from({ length: 10 }, () =>
      sendToPhone(ctx, {
        to: `+${phoneOf(++numbered % CHATS)}`,
        channelId: asId("channel", channel.id),
        type: "text",
        text: `Sí, a las diez. ${numbered}`,
      }),
    );
    await Promise.all(some);
  }
}

async function assertAllWell(): Promise<void> {
  const { rows } = await systemPool().query<{ what: string; n: number }>(
    `select concat_ws(' ', direction, status, error_code) as what, count(*)::int as n from messages group by 1 order by 1`,
  );
  const expected = [
    { what: "inbound received", n: ROUNDS * INBOUND },
    { what: "outbound sent", n: ROUNDS * SENDS },
  ];
  if (!isDeepStrictEqual(rows, expected)) throw new Error(`not all went well: ${JSON.stringify(rows)}`);
}
