import "#__tests__/support/database.ts";
import { afterEach, describe, expect, test } from "vitest";
import { aConnectedNumber, type ConnectedNumber } from "#__tests__/support/connected-number.ts";
import { countOf, skipWaits, sql } from "#__tests__/support/database-rows.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { until } from "#__tests__/support/until.ts";
import { disconnectChannel } from "#lib/domain/channels/disconnect-channel.ts";
import { gatewayCallMs } from "#lib/domain/messages/gateway-call.ts";
import { getMessage, listMessages } from "#lib/domain/messages/queries.ts";
import { retryMessage } from "#lib/domain/messages/retry-message.ts";
import { sendMessage } from "#lib/domain/messages/send-message.ts";
import { asId, type MessageId } from "#lib/kernel/ids.ts";

afterEach(() => phones.scenario({ name: "calm" }));

const send = async ({ ctx, conversationId }: ConnectedNumber, text: string): Promise<MessageId> =>
  asId("message", (await sendMessage(ctx, conversationId, { type: "text", text })).id);
const onThePhone = async ({ instance, customer }: ConnectedNumber) =>
  (await phones.messages(instance, customer).catch(() => [])).map(({ text }) => text);
const work = () => drainJobs("deliver-message");
const unfinishedJobs = () =>
  countOf("pgboss.job", "name = 'deliver-message' and state in ('created', 'retry', 'active', 'failed')");

/** Connected long enough ago that the gateway's record goes back to before any send. */
async function aRecordedNumber() {
  const number = await aConnectedNumber();
  await sql("update channels set record_since = record_since - interval '1 hour' where id = $1", [
    number.channel.id,
  ]);
  return number;
}

/** Works off everything, retries included, and lets the gateway's news come in. */
async function settle() {
  await skipWaits();
  await drainJobs();
}

describe("a gateway that refuses for the moment", () => {
  test("is asked four times, 2, 4 and 8 s apart; then the message fails with its cause, and goes out by hand", async () => {
    const number = await aConnectedNumber();
    await phones.setFaults({ sendErrorRate: 1 });
    const id = await send(number, "¿Me escucha?");
    for (const [attempt, seconds] of [2, 4, 8].entries()) {
      await work();
      expect(await getMessage(number.ctx, id)).toMatchObject({ status: "queued", error: null });
      const [job] = await sql<{ wait: number }>(
        "select extract(epoch from start_after - now())::float as wait from pgboss.job where name = 'deliver-message' and state = 'retry'",
      );
      // With up to as much again in jitter, so that a gateway that comes back is not run over.
      expect(job?.wait, `after attempt ${attempt + 1}`).toBeGreaterThan(seconds * 0.5 - 1);
      expect(job?.wait).toBeLessThan(seconds * 2 + 1);
      await skipWaits();
    }
    await work();
    expect(await getMessage(number.ctx, id)).toMatchObject({
      status: "failed",
      error: { code: "channel_busy", title: expect.any(String), action: expect.any(String) },
    });
    const [row] = await sql("select attempts from messages where id = $1", [id]);
    expect(row).toEqual({ attempts: 4 });
    expect(await unfinishedJobs()).toBe(0);
    expect(await onThePhone(number)).toEqual([]);

    await phones.setFaults({ sendErrorRate: 0 });
    await retryMessage(number.ctx, id);
    await work();
    expect(await getMessage(number.ctx, id)).toMatchObject({ status: "sent", error: null });
    expect((await getMessage(number.ctx, id)).receipts).not.toHaveProperty("failed");
    expect(await onThePhone(number)).toEqual(["¿Me escucha?"]);
  });

  test("holds back the later messages of the chat, and only of that chat", async () => {
    const number = await aConnectedNumber();
    const other = { ...number, customer: "51911111111" };
    const { openConversation } = await import("#lib/domain/conversations/open-conversation.ts");
    other.conversationId = asId(
      "conversation",
      (await openConversation(number.ctx, { to: other.customer })).id,
    );
    await phones.setFaults({ sendErrorRate: 1 });
    for (const text of ["uno", "dos", "tres"]) await send(number, text);
    await work();
    await phones.setFaults({ sendErrorRate: 0 });
    await send(other, "otro chat");
    await work();
    expect(await onThePhone(number)).toEqual([]);
    expect(await onThePhone(other)).toEqual(["otro chat"]);
    await skipWaits();
    await work();
    expect(await onThePhone(number)).toEqual(["uno", "dos", "tres"]);
  });
});

describe("what no further try can heal fails at once", () => {
  test("a number that is not on WhatsApp", async () => {
    const number = await aConnectedNumber("51980000000");
    const id = await send(number, "hola");
    await work();
    expect(await getMessage(number.ctx, id)).toMatchObject({
      status: "failed",
      error: { code: "recipient_not_on_whatsapp" },
    });
    expect(await unfinishedJobs()).toBe(0);
  });

  test("a number that was disconnected; the next message of the chat is tried all the same", async () => {
    const number = await aConnectedNumber();
    await disconnectChannel(number.ctx, asId("channel", number.channel.id));
    const ids = [await send(number, "uno"), await send(number, "dos")];
    await work();
    for (const id of ids)
      expect(await getMessage(number.ctx, id)).toMatchObject({
        status: "failed",
        error: { code: "channel_disconnected" },
      });
    expect(await unfinishedJobs()).toBe(0);
  });

  test("a message that WhatsApp refuses after the gateway took it", async () => {
    const number = await aConnectedNumber("51988880463");
    const id = await send(number, "hola");
    const failed = await until("refused", async () => {
      await drainJobs();
      const message = await getMessage(number.ctx, id);
      return message.status === "failed" ? message : null;
    });
    expect(failed.error?.code).toEqual(expect.any(String));
  });
});

describe("a send whose answer nobody heard", () => {
  test("that left is found in the gateway's record, marked sent, and never sent twice", async () => {
    const number = await aConnectedNumber();
    await phones.setFaults({ sendTimeoutRate: 1, timeoutLeavesRate: 1 });
    const id = await send(number, "una sola vez");
    await work();
    expect(await getMessage(number.ctx, id)).toMatchObject({ status: "sending" });
    await skipWaits();
    await work();
    expect(await getMessage(number.ctx, id)).toMatchObject({ status: "sent" });
    // The echo and the receipts that come afterwards find it settled.
    await until("delivered", async () => {
      await settle();
      return (await getMessage(number.ctx, id)).status === "delivered";
    });
    expect(await onThePhone(number)).toEqual(["una sola vez"]);
    expect((await listMessages(number.ctx, number.conversationId, { limit: 50 })).data).toHaveLength(1);
  });

  test("that left is settled by its echo as well", async () => {
    const number = await aConnectedNumber();
    await phones.setFaults({ sendTimeoutRate: 1, timeoutLeavesRate: 1 });
    const id = await send(number, "una sola vez");
    await work();
    await until("the echo", async () => {
      await drainJobs("process-inbound-event");
      return (await getMessage(number.ctx, id)).status !== "sending";
    });
    await settle();
    expect(await onThePhone(number)).toEqual(["una sola vez"]);
    expect((await listMessages(number.ctx, number.conversationId, { limit: 50 })).data).toHaveLength(1);
  });

  test("two of the same words are told apart", async () => {
    const number = await aConnectedNumber();
    const first = await send(number, "ok");
    await work();
    await phones.setFaults({ sendTimeoutRate: 1, timeoutLeavesRate: 1 });
    const second = await send(number, "ok");
    await work();
    await skipWaits();
    await work();
    const rows = await sql(
      "select id, status, external_id from messages where id = any($1) order by ordered_at",
      [[first, second]],
    );
    expect(rows.map(({ status }) => status)).toEqual(["sent", "sent"]);
    expect(new Set(rows.map(({ external_id }) => external_id)).size).toBe(2);
    expect(await onThePhone(number)).toEqual(["ok", "ok"]);
  });

  test("that did not leave waits until it surely cannot any more, and goes out once", async () => {
    const number = await aRecordedNumber();
    await phones.setFaults({ sendTimeoutRate: 1, timeoutLeavesRate: 0 });
    const id = await send(number, "una sola vez");
    await work();
    await phones.setFaults({ sendTimeoutRate: 0 });
    await skipWaits();
    await work();
    // The call might still be under way inside the gateway.
    expect(await getMessage(number.ctx, id)).toMatchObject({ status: "sending" });
    expect(await onThePhone(number)).toEqual([]);
    await sql("update messages set claimed_at = claimed_at - $2 * interval '1 ms' where id = $1", [
      id,
      gatewayCallMs(),
    ]);
    await skipWaits();
    await work();
    expect(await getMessage(number.ctx, id)).toMatchObject({ status: "sent" });
    expect(await onThePhone(number)).toEqual(["una sola vez"]);
  });

  test("of which the gateway cannot tell either becomes unconfirmed: a person decides", async () => {
    const number = await aConnectedNumber();
    await phones.setFaults({ sendTimeoutRate: 1, timeoutLeavesRate: 0 });
    const id = await send(number, "¿salió?");
    await work();
    await phones.setFaults({ sendTimeoutRate: 0, down: true });
    await sql("update messages set claimed_at = claimed_at - $2 * interval '1 ms' where id = $1", [
      id,
      gatewayCallMs(),
    ]);
    await skipWaits();
    await work();
    expect(await getMessage(number.ctx, id)).toMatchObject({
      status: "unconfirmed",
      error: { code: "send_outcome_unknown" },
    });
    await phones.setFaults({ down: false });
    await settle();
    expect(await onThePhone(number)).toEqual([]);
    await retryMessage(number.ctx, id);
    await work();
    expect(await onThePhone(number)).toEqual(["¿salió?"]);
  });
});

describe("a worker killed in the middle", () => {
  /** The row and job as a worker leaves them that dies after claiming. */
  async function claimedAndDied(id: MessageId, secondsAgo: number) {
    await sql(
      "update messages set status = 'sending', attempts = 1, external_id = null, claimed_at = now() - $2 * interval '1 s' where id = $1",
      [id, secondsAgo],
    );
    await sql(
      "update pgboss.job set state = 'retry', completed_on = null, start_after = now() where name = 'deliver-message' and data->>'messageId' = $1",
      [id],
    );
  }

  test("before its call: the message goes out, once", async () => {
    const number = await aRecordedNumber();
    const id = await send(number, "una sola vez");
    await claimedAndDied(id, gatewayCallMs() / 1000 + 1);
    await work();
    expect(await getMessage(number.ctx, id)).toMatchObject({ status: "sent" });
    expect(await onThePhone(number)).toEqual(["una sola vez"]);
  });

  test("after its call: the message is found, and stays one", async () => {
    const number = await aRecordedNumber();
    const id = await send(number, "una sola vez");
    await work();
    await claimedAndDied(id, 1);
    await work();
    expect(await getMessage(number.ctx, id)).toMatchObject({ status: "sent" });
    await settle();
    expect(await onThePhone(number)).toEqual(["una sola vez"]);
  });

  test("after storing the answer: nothing happens again", async () => {
    const number = await aConnectedNumber();
    const id = await send(number, "una sola vez");
    await work();
    await sql(
      "update pgboss.job set state = 'retry', completed_on = null, start_after = now() where data->>'messageId' = $1",
      [id],
    );
    await work();
    expect(await onThePhone(number)).toEqual(["una sola vez"]);
  });
});
