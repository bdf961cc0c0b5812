import "#__tests__/support/database.ts";
import { mkdtemp, rm } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countOf, skipWaits, sql } from "#__tests__/support/database-rows.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { recordInboundEvent } from "#lib/domain/inbound-events/record-inbound-event.ts";
import { spooledCount } from "#lib/domain/inbound-events/spool.ts";
import { asId, newId } from "#lib/kernel/ids.ts";
import { anInbox } from "#prisma/factories/inbox.ts";
import { aCustomerText, deliver, receiverPort, secretOf } from "./receiver.ts";

const dataDir = await mkdtemp(path.join(tmpdir(), "recado-webhooks-"));
process.env.DATA_DIR = dataDir;
afterAll(() => rm(dataDir, { recursive: true, force: true }));

type Inbox = Awaited<ReturnType<typeof anInbox>>;
const eventsOf = ({ channel }: Pick<Inbox, "channel">) =>
  sql<{ id: string; status: string; body: string; error_code: string | null; outcome: unknown }>(
    "select id, status, body, error_code, outcome from inbound_events where channel_id = $1 order by id",
    [channel.id],
  );
const textsOf = async ({ channel }: Pick<Inbox, "channel">) =>
  (
    await sql<{ text: string }>("select text from messages where channel_id = $1 order by ordered_at, id", [
      channel.id,
    ])
  ).map(({ text }) => text);
const jobsOf = ({ channel }: Pick<Inbox, "channel">) =>
  countOf("pgboss.job", "name = 'process-inbound-event' and singleton_key like $1", [`${channel.id}|%`]);

/** A body sent in pieces, without its length. */
function deliverChunked(
  inbox: Inbox,
  pieces: Iterable<string>,
  headers: Record<string, string>,
): Promise<{ status: number; taken: number }> {
  return new Promise((resolve, reject) => {
    let taken = 0;
    const outgoing = request(
      {
        port: receiverPort,
        method: "POST",
        path: `/api/webhooks/evolution/${inbox.channel.id}`,
        headers: { "content-type": "application/json", "X-Hook-Secret": secretOf(inbox.channel), ...headers },
      },
      (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode ?? 0, taken });
        outgoing.destroy();
      },
    );
    outgoing.on("error", (error) => (taken === 0 ? reject(error) : undefined));
    const source = pieces[Symbol.iterator]();
    const push = () => {
      const { value, done } = source.next();
      if (done) {
        outgoing.end();
        return;
      }
      taken += value.length;
      outgoing.write(value, () => setImmediate(push));
    };
    push();
  });
}

describe("the way in", () => {
  let inbox: Inbox;
  beforeAll(async () => {
    inbox = await anInbox();
  });

  test.each([
    ["a wrong secret", { secret: "guessed" }, { status: 401, code: "webhook_unauthorized" }],
    ["an empty secret", { secret: "" }, { status: 401, code: "webhook_unauthorized" }],
    ["no secret", { secret: null }, { status: 401, code: "webhook_unauthorized" }],
    ["an unknown channel", { channelId: newId("channel") }, { status: 404, code: "not_found" }],
    ["something that is no channel", { channelId: "../../etc" }, { status: 404, code: "not_found" }],
  ])("%s: nothing is stored", async (_what, how, answer) => {
    expect(await deliver(inbox.channel, aCustomerText("hola"), how)).toEqual(answer);
    expect(await eventsOf(inbox)).toEqual([]);
    expect(await jobsOf(inbox)).toBe(0);
  });

  test("another channel's secret opens nothing", async () => {
    const other = await anInbox();
    expect(
      await deliver(inbox.channel, aCustomerText("hola"), { secret: secretOf(other.channel) }),
    ).toMatchObject({ status: 401 });
  });

  test.each(["", "{", "hola", '{"a":"\u0000"}'])(
    "a body that is not JSON (%j): 400, nothing is stored",
    async (body) => {
      expect(await deliver(inbox.channel, body)).toEqual({ status: 400, code: "invalid_json" });
      expect(await eventsOf(inbox)).toEqual([]);
    },
  );

  test("over 10 MB is refused by its length alone", async () => {
    const body = JSON.stringify({ event: "messages.upsert", data: "x".repeat(10 * 1024 * 1024) });
    expect(await deliver(inbox.channel, body)).toEqual({ status: 413, code: "payload_too_large" });
    expect(await eventsOf(inbox)).toEqual([]);
  });

  test.each([
    ["the socket", {}],
    ["the route", { "x-through-route": "1" }],
  ])(
    "over 10 MB without a length is refused as soon as it is too much, through %s",
    async (_way, headers) => {
      const endless = {
        *[Symbol.iterator]() {
          yield '{"event":"messages.upsert","data":"';
          for (let n = 0; n < 2000; n++) yield "x".repeat(64 * 1024);
        },
      };
      const { status, taken } = await deliverChunked(inbox, endless, headers);
      expect(status).toBe(413);
      expect(taken).toBeLessThan(40 * 1024 * 1024);
      expect(await eventsOf(inbox)).toEqual([]);
    },
  );

  test("a body just under the limit, in pieces cut inside its letters, arrives byte for byte", async () => {
    const there = await anInbox();
    const body = JSON.stringify({ event: "messages.upsert", data: { pad: "ñ€😀".repeat(300_000) } });
    const bytes = Buffer.from(body).toString("latin1");
    const status = await new Promise<number>((resolve, reject) => {
      const outgoing = request(
        {
          port: receiverPort,
          method: "POST",
          path: `/api/webhooks/evolution/${there.channel.id}`,
          headers: { "X-Hook-Secret": secretOf(there.channel) },
        },
        (answer) => resolve(answer.resume().statusCode ?? 0),
      );
      outgoing.on("error", reject);
      for (let at = 0; at < bytes.length; at += 99_991)
        outgoing.write(Buffer.from(bytes.slice(at, at + 99_991), "latin1"));
      outgoing.end();
    });
    expect(status).toBe(200);
    expect((await eventsOf(there))[0]?.body === body).toBe(true);
  });

  test("a channel deleted a moment ago is not found, and stops nobody else", async () => {
    const [gone, other] = [await anInbox(), await anInbox()];
    expect((await deliver(gone.channel, aCustomerText("uno"))).status).toBe(200);
    await sql("delete from channels where id = $1", [gone.channel.id]);
    const [after, ...beside] = await Promise.all([
      deliver(gone.channel, aCustomerText("dos")),
      ...["a", "b", "c"].map((text) => deliver(other.channel, aCustomerText(text))),
    ]);
    expect(after).toEqual({ status: 404, code: "not_found" });
    expect(beside.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await eventsOf(other)).toHaveLength(3);
    expect(await spooledCount()).toBe(0);
  });
});

describe("storing", () => {
  test("the same bytes are kept once, however often and however close they come", async () => {
    const inbox = await anInbox();
    const payload = aCustomerText("hola");
    const answers = await Promise.all(Array.from({ length: 20 }, () => deliver(inbox.channel, payload)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect((await deliver(inbox.channel, payload)).status).toBe(200);
    expect(await eventsOf(inbox)).toHaveLength(1);
    expect(await jobsOf(inbox)).toBe(1);
    await drainJobs("process-inbound-event");
    expect(await textsOf(inbox)).toEqual(["hola"]);
  });

  test("the same message in other bytes is one message", async () => {
    const inbox = await anInbox();
    const payload = aCustomerText("hola");
    await deliver(inbox.channel, payload);
    await deliver(inbox.channel, { ...payload, date_time: "2026-01-01T00:00:00.000Z" });
    await drainJobs("process-inbound-event");
    expect(await eventsOf(inbox)).toHaveLength(2);
    expect(await textsOf(inbox)).toEqual(["hola"]);
    const [chat] = await sql("select unread_count from conversations where channel_id = $1", [
      inbox.channel.id,
    ]);
    expect(chat).toEqual({ unread_count: 1 });
  });

  test("200 at once are all stored, and read back per sender in the order they were stored in", async () => {
    const inbox = await anInbox();
    const at = new Date();
    const senders = Array.from({ length: 10 }, (_, n) => `5198700000${n}`);
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        deliver(inbox.channel, aCustomerText(`${n}`, { phone: senders[n % 10] ?? "", at })),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const stored = await sql<{ text: string; phone: string }>(
      `select body::jsonb->'data'->'message'->>'conversation' as text, split_part(body::jsonb->'data'->'key'->>'remoteJid', '@', 1) as phone
       from inbound_events where channel_id = $1 order by id`,
      [inbox.channel.id],
    );
    expect(stored).toHaveLength(200);
    await drainJobs("process-inbound-event");
    const shown = await sql<{ text: string; phone: string }>(
      `select m.text, c.address_value as phone from messages m join conversations c on c.id = m.conversation_id
       where m.channel_id = $1 order by m.ordered_at, m.id`,
      [inbox.channel.id],
    );
    for (const sender of senders) {
      const order = (rows: typeof stored) =>
        rows.filter(({ phone }) => phone === sender).map(({ text }) => text);
      expect(order(shown)).toEqual(order(stored));
      expect(order(shown)).toHaveLength(20);
    }
  });
});

describe("processing", () => {
  /** Works and lets retries come at once until nothing is left to do. */
  async function workItOut(rounds = 8) {
    for (let round = 0; round < rounds; round++) {
      await skipWaits();
      await drainJobs("process-inbound-event");
    }
  }

  test("a poisoned event fails alone and visibly; its chat's later messages come through", async () => {
    const inbox = await anInbox();
    const kept = {
      tenantId: inbox.tenantId,
      channelId: asId("channel", inbox.channel.id),
      name: "messages.upsert",
      chatKey: "phone:51987654321",
      headers: {},
      receivedAt: new Date(),
    };
    await recordInboundEvent({ ...kept, body: "not what anybody expected" });
    await deliver(inbox.channel, aCustomerText("después del veneno"));
    await workItOut();
    expect(await textsOf(inbox)).toEqual(["después del veneno"]);
    const [poisoned, healthy] = await eventsOf(inbox);
    expect(poisoned).toMatchObject({
      status: "failed",
      error_code: "internal",
      body: "not what anybody expected",
    });
    expect(healthy).toMatchObject({ status: "processed" });
    expect(
      await countOf(
        "pgboss.job",
        "name = 'process-inbound-event' and state in ('created', 'retry', 'active', 'failed')",
      ),
    ).toBe(0);
  });

  test("what nobody knows is kept, ignored, and says why", async () => {
    const inbox = await anInbox();
    for (const payload of [
      { event: "labels.association", data: {} },
      { hello: "world" },
      [],
      7,
      "text",
      null,
      { event: 5 },
    ])
      expect((await deliver(inbox.channel, JSON.stringify(payload))).status, JSON.stringify(payload)).toBe(
        200,
      );
    await workItOut(1);
    const events = await eventsOf(inbox);
    expect(events).toHaveLength(7);
    for (const { status, outcome } of events)
      expect({ status, outcome }).toEqual({
        status: "ignored",
        outcome: [{ kind: "ignored", reason: expect.any(String) }],
      });
    expect(await textsOf(inbox)).toEqual([]);
  });

  test("text that no database holds does not poison its event", async () => {
    const inbox = await anInbox();
    const payload = aCustomerText("a\u0000b \ud83d c");
    await deliver(inbox.channel, { ...payload, data: { ...payload.data, pushName: "Ro\u0000sa \udc00" } });
    await deliver(inbox.channel, {
      ...payload,
      data: {
        ...payload.data,
        key: { ...payload.data.key, id: "3EB0\u0000X", remoteJid: "5198765\u00004321@s.whatsapp.net" },
      },
    });
    await workItOut(1);
    expect(await textsOf(inbox)).toContain("ab \ufffd c");
    expect((await eventsOf(inbox)).map(({ status }) => status)).not.toContain("failed");
  });
});
