import "#__tests__/support/database.ts";
import { describe, expect, test } from "vitest";
import { countOf, skipWaits, sql } from "#__tests__/support/database-rows.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { processInboundEvent } from "#lib/domain/inbound-events/process-inbound-event.ts";
import { recordInboundEvent } from "#lib/domain/inbound-events/record-inbound-event.ts";
import { listMessages } from "#lib/domain/messages/queries.ts";
import { asId } from "#lib/kernel/ids.ts";
import { anInbox } from "#prisma/factories/inbox.ts";

type Inbox = Awaited<ReturnType<typeof anInbox>>;

async function arrive({ tenantId, channel }: Inbox, payload: unknown, chatKey = "phone:51987654321") {
  const body = typeof payload === "string" ? payload : JSON.stringify(payload);
  const delivery = {
    tenantId,
    channelId: asId("channel", channel.id),
    name: "x",
    chatKey,
    body,
    headers: {},
    receivedAt: new Date(),
  };
  await recordInboundEvent(delivery);
}

const at = (text: string, id: string, seconds: number) => ({
  key: { remoteJid: "51987654321@s.whatsapp.net", fromMe: false, id },
  message: { conversation: text },
  messageType: "conversation",
  messageTimestamp: seconds,
});

describe("a chunk of history", () => {
  test("of hundreds of messages is applied in pieces, none of which outlasts a transaction", async () => {
    const inbox = await anInbox();
    const start = Math.floor(Date.now() / 1000) - 100_000;
    const data = Array.from({ length: 120 }, (_, n) => at(`mensaje ${n}`, `3EB0H${n}`, start + n));
    await arrive(inbox, { event: "messages.set", data, sender: "51900000001@s.whatsapp.net" }, "history");
    await drainJobs("process-inbound-event");
    const [event] = await sql(
      "select status, jsonb_array_length(outcome) as n from inbound_events where channel_id = $1",
      [inbox.channel.id],
    );
    expect(event).toEqual({ status: "processed", n: 120 });
    const stored = await sql<{ text: string; piece: string }>(
      "select text, xmin::text as piece from messages where tenant_id = $1 order by ordered_at, id",
      [inbox.tenantId],
    );
    expect(stored.map(({ text }) => text)).toEqual(data.map(({ message }) => message.conversation));
    const pieces = Map.groupBy(stored, ({ piece }) => piece);
    expect(Math.max(...[...pieces.values()].map((rows) => rows.length))).toBeLessThanOrEqual(50);
  });

  test("that breaks in the middle is taken up again without doubling what was applied", async () => {
    const inbox = await anInbox();
    const data = Array.from({ length: 60 }, (_, n) =>
      at(n === 55 ? "dos" : `${n}`, `3EB0M${n}`, 1_760_000_000 + n),
    );
    await arrive(inbox, { event: "messages.set", data }, "history");
    await withoutDos(async () => {
      await drainJobs("process-inbound-event");
      expect(await countOf("messages", "tenant_id = $1", [inbox.tenantId])).toBe(50);
    });
    await skipWaits();
    await drainJobs("process-inbound-event");
    expect(await countOf("messages", "tenant_id = $1", [inbox.tenantId])).toBe(60);
  });
});

/** Stands for any failure in the middle: the message "dos" cannot be written meanwhile. */
async function withoutDos(work: () => Promise<void>) {
  await sql(
    "create or replace function no_dos() returns trigger language plpgsql as $$ begin if new.text = 'dos' then raise exception 'no'; end if; return new; end $$",
  );
  await sql("create trigger no_dos before insert on messages for each row execute function no_dos()");
  try {
    await work();
  } finally {
    await sql("drop trigger no_dos on messages");
  }
}

describe("order", () => {
  test("events of one chat that share a commit, and a moment, are applied as they came", async () => {
    const inbox = await anInbox();
    const texts = Array.from({ length: 40 }, (_, n) => `${n}`);
    const receivedAt = new Date();
    const second = Math.floor(receivedAt.getTime() / 1000);
    await Promise.all(
      texts.map((text, n) =>
        recordInboundEvent({
          tenantId: inbox.tenantId,
          channelId: asId("channel", inbox.channel.id),
          name: "messages.upsert",
          chatKey: "phone:51987654321",
          body: JSON.stringify({ event: "messages.upsert", data: at(text, `3EB0O${n}`, second) }),
          headers: {},
          receivedAt,
        }),
      ),
    );
    await drainJobs("process-inbound-event");
    const { data } = await listMessages(inbox.ctx, inbox.conversation.id, { limit: 100 });
    expect(data.map(({ text }) => text).toReversed()).toEqual(texts);
  });
});

describe("applying", () => {
  test("is all or nothing: what one item breaks leaves no rows of the others", async () => {
    const inbox = await anInbox();
    await arrive(inbox, {
      event: "messages.upsert",
      data: [at("uno", "3EB0A", 1_760_000_000), at("dos", "3EB0B", 1_760_000_001)],
    });
    await withoutDos(async () => {
      for (let round = 0; round < 5; round++) {
        await drainJobs("process-inbound-event");
        expect(await countOf("messages", "tenant_id = $1", [inbox.tenantId])).toBe(0);
        expect(await countOf("domain_events", "tenant_id = $1", [inbox.tenantId])).toBe(0);
        await skipWaits();
      }
    });
    const [event] = await sql("select status, error_code from inbound_events where channel_id = $1", [
      inbox.channel.id,
    ]);
    expect(event).toEqual({ status: "failed", error_code: "internal" });
    // The raw event is still there, so it can be applied once the cause is gone.
    const [row] = await sql<{ id: string }>("select id from inbound_events where channel_id = $1", [
      inbox.channel.id,
    ]);
    await processInboundEvent(inbox.ctx, asId("inboundEvent", row?.id ?? ""));
    expect(
      (await listMessages(inbox.ctx, inbox.conversation.id, { limit: 10 })).data.map(({ text }) => text),
    ).toEqual(["dos", "uno"]);
  });

  test("twice at the same moment, or again later, is applying once", async () => {
    const inbox = await anInbox();
    await arrive(inbox, { event: "messages.upsert", data: at("hola", "3EB0A", 1_760_000_000) });
    const [row] = await sql<{ id: string }>("select id from inbound_events where channel_id = $1", [
      inbox.channel.id,
    ]);
    const id = asId("inboundEvent", row?.id ?? "");
    await Promise.all([1, 2, 3].map(() => processInboundEvent(inbox.ctx, id)));
    await processInboundEvent(inbox.ctx, id);
    const [chat] = await sql("select unread_count from conversations where channel_id = $1", [
      inbox.channel.id,
    ]);
    expect(chat).toEqual({ unread_count: 1 });
    expect(await countOf("messages", "tenant_id = $1", [inbox.tenantId])).toBe(1);
    expect(await countOf("domain_events", "tenant_id = $1", [inbox.tenantId])).toBe(1);
  });

  test("an event of a channel deleted meanwhile does nothing and ends", async () => {
    const inbox = await anInbox();
    await arrive(inbox, { event: "messages.upsert", data: at("hola", "3EB0A", 1_760_000_000) });
    await sql("delete from channels where id = $1", [inbox.channel.id]);
    await drainJobs("process-inbound-event");
    expect(
      await countOf("pgboss.job", "data->>'tenantId' = $1 and state <> 'completed'", [inbox.tenantId]),
    ).toBe(0);
  });

  test("forty chats at once by several workers: every message once, no deadlock", async () => {
    const inbox = await anInbox();
    const ids: string[] = [];
    for (let n = 0; n < 40; n++) {
      const jid = `519870000${String(n % 8).padStart(2, "0")}@s.whatsapp.net`;
      const message = {
        ...at(`${n}`, `3EB0P${n}`, 1_760_000_000 + n),
        key: { remoteJid: jid, fromMe: false, id: `3EB0P${n}` },
      };
      await arrive(inbox, { event: "messages.upsert", data: message }, jid);
    }
    const rows = await sql<{ id: string }>("select id from inbound_events where channel_id = $1", [
      inbox.channel.id,
    ]);
    ids.push(...rows.map(({ id }) => id));
    await Promise.all(ids.map((id) => processInboundEvent(inbox.ctx, asId("inboundEvent", id))));
    expect(await countOf("messages", "tenant_id = $1", [inbox.tenantId])).toBe(40);
    expect(await countOf("contacts", "tenant_id = $1", [inbox.tenantId])).toBe(9);
    const [unread] = await sql<{ n: number }>(
      "select sum(unread_count)::int as n from conversations where channel_id = $1",
      [inbox.channel.id],
    );
    expect(unread?.n).toBe(40);
  });
});
