import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conversationKeys } from "#components/conversations/queries.ts";
import { messagesOf, type ThreadData } from "#components/messages/cache.ts";
import { messageKeys } from "#components/messages/queries.ts";
import { EventStream } from "#lib/browser/event-stream.ts";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";
import type { MessageStatus } from "#lib/domain/messages/schema.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { apply, conversationId, load, refetchStale, ServerModel, shown } from "./live-model.ts";
import { aMessage } from "./support.ts";

/** Three chats: the first two are open in this browser, the third only stands in the lists. */
function aShop() {
  const server = new ServerModel();
  const [ana, bob, eva] = [1, 2, 3].map((order) => server.open(order)) as [
    ConversationId,
    ConversationId,
    ConversationId,
  ];
  for (const id of [ana, bob, eva]) for (let times = 0; times < 4; times += 1) server.receive(id);
  const sent = server.send(ana);
  return { server, ana, bob, eva, sent };
}
type Shop = ReturnType<typeof aShop>;

const HAPPENINGS: [name: string, happen: (shop: Shop) => void][] = [
  ["a message comes in", ({ server, ana }) => server.receive(ana)],
  ["a message comes into a thread that is not loaded", ({ server, eva }) => server.receive(eva)],
  ["somebody new writes", ({ server }) => server.receive(server.open(7))],
  ["a message comes in late", ({ server, ana }) => server.receive(ana, { sentAt: aMessage(102).sentAt })],
  ["a colleague answers", ({ server, bob }) => server.send(bob)],
  [
    "ticks",
    ({ server, sent }) => {
      for (const status of ["sent", "delivered", "read"] as const) server.tick(sent, status);
    },
  ],
  [
    "a send fails and is tried again",
    ({ server, sent }) => {
      const error = { code: "gateway_timeout", title: "", detail: "", action: "" } as const;
      server.update(server.tick(sent, "sending"), { status: "failed", error });
      server.update(sent, { status: "queued", error: null });
    },
  ],
  [
    "an edit and a deletion",
    ({ server, ana }) => {
      const message = server.receive(ana);
      server.update(message, { text: "edited", editedAt: aMessage(200).sentAt });
      server.update(message, { text: null, deletedAt: aMessage(201).sentAt });
    },
  ],
  ["a conversation is read", ({ server, ana }) => server.change(ana, { unreadCount: 0 })],
  ["a conversation is closed", ({ server, bob }) => server.change(bob, { status: "closed" })],
  ["two chats turn out to be one person's", ({ server, ana, eva }) => server.merge(eva, ana)],
  [
    "a group is hidden",
    ({ server, eva }) => {
      server.receive(eva);
      server.change(eva, { allowed: false });
    },
  ],
  [
    "a conversation is closed, reopened and named",
    ({ server, eva }) => {
      server.change(eva, { status: "closed" });
      server.change(eva, { status: "open", contact: { ...server.conversation(eva).contact, name: "Eva" } });
    },
  ],
];

describe("what events leave in the cache is what loading anew would bring", () => {
  test.each(HAPPENINGS)("%s", (_name, happen) => {
    const shop = aShop();
    const { server, ana, bob } = shop;
    const client = load(server, [ana, bob]);
    const before = server.events.length;
    happen(shop);
    const news = server.events.slice(before);
    expect(news.length).toBeGreaterThan(0);
    for (const event of news) apply(client, event);
    refetchStale(client, server);
    expect(shown(client)).toEqual(shown(load(server, [ana, bob])));
    // The last one once more changes nothing.
    const last = news.at(-1);
    if (last) apply(client, last);
    refetchStale(client, server);
    expect(shown(client)).toEqual(shown(load(server, [ana, bob])));
  });

  test.each(HAPPENINGS)("%s, with only the first page loaded", (_name, happen) => {
    const shop = aShop();
    const { server, ana } = shop;
    const client = load(server, [ana], 1);
    const before = server.events.length;
    happen(shop);
    for (const event of server.events.slice(before)) apply(client, event);
    refetchStale(client, server);
    const fresh = shown(load(server, [ana]));
    for (const [key, rows] of Object.entries(shown(client))) {
      // As far as this browser has loaded, nothing is missing, doubled or out of place.
      if (Array.isArray(rows))
        expect(fresh[key]).toEqual([...rows, ...(fresh[key] as []).slice(rows.length)]);
      else expect(fresh[key]).toEqual(rows);
    }
  });
});

test("frames lost, doubled and out of order end in the state that loading anew would bring", async () => {
  const step = fc.record({
    what: fc.constantFrom("receive", "send", "tick", "close", "read", "stranger"),
    who: fc.integer({ min: 1, max: 3 }),
    late: fc.integer({ min: 0, max: 4 }),
    fate: fc.constantFrom("arrives", "is lost", "is doubled"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { server, ana, bob } = aShop();
      const client = load(server, [ana, bob]);
      const stream = new EventStream(server.events.length, {
        fetchChanges: async (after) => ({
          data: server.events.filter(({ seq }) => seq > (after ?? 0)),
          seq: server.events.length,
          reset: false,
        }),
        apply: (event) => apply(client, event),
        reset: () => expect.unreachable("nothing was too old to tell"),
      });
      const frames: { event: RealtimeEvent; order: number }[] = [];
      steps.forEach(({ what, who, late, fate }, index) => {
        const before = server.events.length;
        happen(server, what, conversationId(who), index);
        for (const event of server.events.slice(before)) {
          if (fate !== "is lost") frames.push({ event, order: index + late });
          if (fate === "is doubled") frames.push({ event, order: index + late + 2 });
        }
      });
      for (const { event } of frames.sort((a, b) => a.order - b.order)) {
        stream.receive(event);
        if (event.seq % 3 === 0) await Promise.resolve();
      }
      await stream.catchUp();
      await stream.catchUp();
      expect(stream.lastSeq).toBe(server.events.length);
      expect(shown(client)).toEqual(shown(load(server, [ana, bob])));
    }),
    { numRuns: 150 },
  );
});

function happen(server: ServerModel, what: string, id: ConversationId, index: number): void {
  if (what === "receive") server.receive(id);
  else if (what === "send") server.send(id);
  else if (what === "stranger") server.receive(server.open(10 + index));
  else if (what === "close") server.change(id, { status: "closed" });
  else if (what === "read") server.change(id, { unreadCount: 0 });
  else {
    const steps: MessageStatus[] = ["queued", "sending", "sent", "delivered", "read"];
    const open = [...server.messages.values()].find(
      ({ direction, status }) => direction === "outbound" && status !== "read",
    );
    if (open) server.tick(open, steps[steps.indexOf(open.status) + 1] ?? "read");
  }
}

test("who has a chat open that becomes another's is led there, and its thread is gone", () => {
  const { server, ana, bob } = aShop();
  const client = load(server, [ana, bob]);
  server.merge(bob, ana);
  const event = server.events.at(-1);
  if (event) apply(client, event);
  expect(client.getQueryData<{ id: string }>(conversationKeys.detail(bob))?.id).toBe(ana);
  expect(client.getQueryData(messageKeys.thread(bob))).toBeUndefined();
  expect(client.getQueryState(messageKeys.thread(ana))?.isInvalidated).toBe(true);
  const listed = Object.entries(shown(client)).filter(([key]) => key.includes("list"));
  expect(JSON.stringify(listed)).not.toContain(bob);
});

test("a chat that is parted again makes both threads be read anew", () => {
  const { server, ana, bob } = aShop();
  const client = load(server, [ana, bob]);
  const conversation = server.conversation(bob);
  apply(client, { type: "conversation.split", seq: 99, conversationId: bob, fromId: ana, conversation });
  for (const id of [ana, bob]) expect(client.getQueryState(messageKeys.thread(id))?.isInvalidated).toBe(true);
});

test("an event without its views asks the API for them", () => {
  const { server, ana } = aShop();
  const client = load(server, [ana]);
  apply(client, {
    type: "message.updated",
    seq: 99,
    messageId: "msg_x",
    conversationId: ana,
    message: null,
    conversation: null,
  });
  const invalidated = (key: readonly unknown[]) => client.getQueryState(key)?.isInvalidated;
  expect(invalidated(messageKeys.thread(ana))).toBe(true);
  expect(invalidated(conversationKeys.detail(ana))).toBe(true);
  expect(invalidated(conversationKeys.list({ tab: "unread", q: "" }))).toBe(true);
});

test("the event of one's own message meets the echo: one bubble, no longer local", () => {
  const { server, ana } = aShop();
  const client = load(server, [ana]);
  const sent = server.send(ana, { text: "hola" });
  client.setQueryData<ThreadData>(
    messageKeys.thread(ana),
    (thread) =>
      thread && {
        ...thread,
        pages: thread.pages.map((page, index) =>
          index === 0 ? { ...page, data: [{ ...sent, local: "sending" as const }, ...page.data] } : page,
        ),
      },
  );
  const event = server.events.at(-1);
  if (event) apply(client, event);
  const bubbles = messagesOf(client.getQueryData<ThreadData>(messageKeys.thread(ana)));
  expect(bubbles.filter(({ id }) => id === sent.id)).toEqual([sent]);
});
