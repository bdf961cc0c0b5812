import "#__tests__/support/database.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { countOf, skipWaits, sql } from "#__tests__/support/database-rows.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { evolutionAdapter } from "#lib/channel-adapters/evolution/adapter.ts";
import { recordInboundEvent } from "#lib/domain/inbound-events/record-inbound-event.ts";
import { asId } from "#lib/kernel/ids.ts";
import { aChannel } from "#prisma/factories/inbox.ts";
import { aTenant } from "#prisma/factories/tenant.ts";
import { SCRIPT, type Webhook } from "./script-of-webhooks.ts";

/** `ORDER_RUNS=500 npm test -- any-order` looks longer; fast-check prints the seed of what it finds. */
const RUNS = Number(process.env.ORDER_RUNS ?? 12);

/** How the webhooks came: each at least once, and some again, in any order and with pauses. */
type Arrivals = { order: number[]; pauses: Set<number> };

test(
  "whatever the order, repetition and delay of webhooks, the inbox ends the same",
  async () => {
    const wanted = await endOf({ order: SCRIPT.map((_, index) => index), pauses: new Set() });
    expect(wanted.conversations).toHaveLength(2);
    expect(wanted.waiting).toEqual([]);
    const seen = new Map(wanted.messages.map((message) => [message.id, message]));
    expect(seen.get("3A51")?.reactions).toEqual(["❤️"]);
    expect(seen.get("AC57")).toMatchObject({ answers: "3A51", quoted: "hasta las ocho" });
    expect(wanted.conversations.map((row) => row.unread_count).sort()).toEqual([2, 4]);
    await fc.assert(
      fc.asyncProperty(arrivals(), async (came) => {
        expect(await endOf(came)).toEqual(wanted);
      }),
      { numRuns: RUNS, endOnFailure: RUNS < 50 },
    );
  },
  Math.max(60_000, RUNS * 5000),
);

function arrivals(): fc.Arbitrary<Arrivals> {
  const all = SCRIPT.map((_, index) => index);
  const again = fc.array(fc.constantFrom(...all), { maxLength: 12 });
  const shuffled = (indexes: number[]) =>
    fc.shuffledSubarray(indexes, { minLength: indexes.length, maxLength: indexes.length });
  return again
    .chain((repeated) => {
      const unique = [...all, ...repeated.map((index) => index + SCRIPT.length * 1000)];
      return shuffled([...new Set(unique)]);
    })
    .chain((places) =>
      fc.record({
        order: fc.constant(places.map((place) => place % (SCRIPT.length * 1000))),
        pauses: fc.uniqueArray(fc.nat({ max: places.length }), { maxLength: 5 }).map((at) => new Set(at)),
      }),
    );
}

/** A business of its own takes the webhooks in; what its inbox shows then. */
async function endOf({ order, pauses }: Arrivals) {
  const { ctx, tenantId } = await aTenant();
  const channel = await aChannel(ctx);
  const channelId = asId("channel", channel.id);
  for (const [place, index] of order.entries()) {
    const payload = asPosted(SCRIPT[index], place);
    await recordInboundEvent({
      tenantId,
      channelId,
      name: evolutionAdapter.eventName(payload),
      chatKey: evolutionAdapter.routingKey(payload),
      body: JSON.stringify(payload),
      headers: {},
      receivedAt: new Date(),
    });
    if (pauses.has(place)) await drain();
  }
  await drain();
  expect(
    await sql(
      "select name, error_code, error_detail from inbound_events where tenant_id = $1 and status not in ('processed', 'ignored')",
      [tenantId],
    ),
  ).toEqual([]);
  return shownTo(tenantId);
}

async function drain() {
  for (let round = 0; round < 5; round++) {
    await drainJobs("process-inbound-event");
    if ((await countOf("inbound_events", "status = 'pending'")) === 0) return;
    await skipWaits();
  }
}

/** A repetition differs in its envelope, or else it would already be known by its bytes. */
function asPosted(webhook: Webhook | undefined, place: number) {
  return {
    ...webhook,
    instance: "acme",
    date_time: new Date(place).toISOString(),
    sender: "51900000002@s.whatsapp.net",
  };
}

/** Without ids of ours and times of arrival, which differ by nature. */
async function shownTo(tenantId: string) {
  const conversations = await sql(
    `select (select array_agg(kind || ':' || value order by kind, value) from contact_identities i
             where i.contact_id = c.contact_id) as who,
            k.profile_name, c.status, c.unread_count, m.external_id as last, c.last_message_text as text,
            c.last_message_type as type, c.last_message_status as tick, c.last_inbound_at as inbound,
            c.address_kind as kind, c.address_value as address
     from conversations c join contacts k on k.id = c.contact_id
     left join messages m on m.id = c.last_message_id where c.tenant_id = $1 order by who`,
    [tenantId],
  );
  const messages = await sql(
    `select m.external_id as id, m.direction, m.type, m.status, m.author_kind as author,
            case when m.deleted_at is null then m.text end as text,
            m.sent_at as sent, m.edited_at as edited, m.deleted_at is not null as deleted,
            q.external_id as answers, m.quoted ->> 'text' as quoted,
            (select array_agg(distinct r.status::text order by r.status::text) from receipts r where r.message_id = m.id) as ticks,
            (select array_agg(r.emoji order by r.emoji) from reactions r where r.message_id = m.id and r.emoji <> '') as reactions
     from messages m left join messages q on q.id = m.reply_to_id
     where m.tenant_id = $1 order by m.conversation_id, m.ordered_at`,
    [tenantId],
  );
  const waiting = await sql("select external_id, event from held_events where tenant_id = $1", [tenantId]);
  return {
    conversations,
    messages: messages.sort((a, b) => String(a.id).localeCompare(String(b.id))),
    waiting,
  };
}
