import type { ControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import type { ShownMessage } from "#lib/channel-adapters/sandbox/control-schema.ts";
import type { ConversationView } from "#lib/domain/conversations/schema.ts";
import type { MessageView } from "#lib/domain/messages/schema.ts";
import type { ChatScript, Script } from "./script.ts";
import type { Shop } from "./shop.ts";

/** Faults come first, each of which must be 0; then what is told honestly on the screen. */
export type Verdict = {
  faults: Record<Fault, number>;
  told: { unconfirmed: number; failed: number; reasons: Record<string, number> };
  seen: { customers: number; business: number };
  examples: string[];
};

const FAULTS = [
  "lostFromCustomers",
  "doubledFromCustomers",
  "lostFromBusiness",
  "doubledFromBusiness",
  "notInInbox",
  "outOfOrder",
  "wrongTick",
  "wrongPreview",
  "wrongUnread",
  "splitChats",
] as const;
type Fault = (typeof FAULTS)[number];

/** Compares what was meant, what the customers' phones show, and what the inbox shows. */
export async function judge(script: Script, shop: Shop, phones: ControlClient): Promise<Verdict> {
  const verdict: Verdict = {
    faults: { ...zeros(FAULTS) },
    told: { unconfirmed: 0, failed: 0, reasons: {} },
    seen: { customers: 0, business: 0 },
    examples: [],
  };
  const conversations = await shop.conversations();
  for (const chat of script.chats) {
    const shown = await phones.messages(shop.instance, chat.phone, 100_000);
    const own = conversations.filter(({ contact }) => contact.phone === `+${chat.phone}`);
    const blame = (fault: Fault, count: number, what: string) => {
      if (count <= 0) return;
      verdict.faults[fault] += count;
      if (verdict.examples.length < 40) verdict.examples.push(`${fault} in ${chat.phone}: ${what}`);
    };
    blame("splitChats", own.length - 1, `${own.length} conversations`);
    const inbox = own[0] ? await shop.messages(own[0].id) : [];
    judgeCustomers(chat, shown, inbox, blame);
    judgeBusiness(chat, shown, inbox, blame, verdict);
    if (own[0]) judgeList(own[0], inbox, blame);
    verdict.seen.customers += inbox.filter(({ direction }) => direction === "inbound").length;
    verdict.seen.business += inbox.filter(({ direction }) => direction === "outbound").length;
  }
  return verdict;
}

type Blame = (fault: Fault, count: number, what: string) => void;

function zeros<T extends string>(names: readonly T[]): Record<T, number> {
  return Object.fromEntries(names.map((name) => [name, 0])) as Record<T, number>;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1);
  return counts;
}

/** What the customers' phones say was written is what the inbox must have, once each. */
function judgeCustomers({ customer }: ChatScript, shown: ShownMessage[], inbox: MessageView[], blame: Blame) {
  const written = shown.filter(({ from }) => from === "customer");
  if (written.length !== customer.length) throw new Error("the customers did not write what the script says");
  const received = inbox.filter(({ direction }) => direction === "inbound");
  const have = countBy(received, ({ text }) => text ?? "");
  const should = countBy(written, ({ text }) => text ?? "");
  for (const text of new Set([...have.keys(), ...should.keys()])) {
    const more = (have.get(text) ?? 0) - (should.get(text) ?? 0);
    blame("doubledFromCustomers", more, `"${text}" ${more} times too often`);
    blame("lostFromCustomers", -more, `"${text}" is missing`);
  }
  // WhatsApp tells whole seconds, and webhooks overtake each other: only across seconds is order known.
  const secondOf = (at: string) => Math.floor(Date.parse(at) / 1000);
  const seconds = received.map(({ sentAt }) => secondOf(sentAt));
  for (const [index, second] of seconds.entries())
    blame("outOfOrder", index > 0 && second < (seconds[index - 1] ?? 0) ? 1 : 0, "inbound by seconds");
  const times = new Map(written.map(({ text, at }) => [text, secondOf(at)]));
  for (const { text, sentAt } of received)
    if (should.get(text ?? "") === 1 && times.get(text) !== secondOf(sentAt))
      blame("outOfOrder", 1, `"${text}" has another time than on the phone`);
}

const SAME_TICK: Record<string, string[]> = {
  pending: ["sent"],
  sent: ["sent"],
  delivered: ["delivered"],
  read: ["read"],
  played: ["played"],
  failed: ["failed"],
};

function judgeBusiness(
  { business }: ChatScript,
  shown: ShownMessage[],
  inbox: MessageView[],
  blame: Blame,
  { told }: Verdict,
) {
  const arrived = shown.filter(({ from }) => from === "business");
  const sent = inbox.filter(({ direction }) => direction === "outbound");
  const wanted = business.map(({ text }) => text);
  const texts = sent.map(({ text }) => text ?? "");
  // The inbox has exactly what was posted, in the order of posting.
  blame("notInInbox", Math.abs(sent.length - wanted.length), `${sent.length} instead of ${wanted.length}`);
  blame("outOfOrder", texts.filter((text, index) => text !== wanted[index]).length, "outbound in the inbox");
  told.failed += sent.filter(({ status }) => status === "failed").length;
  told.unconfirmed += sent.filter(({ status }) => status === "unconfirmed").length;
  for (const { status, error } of sent)
    if (status === "failed" || status === "unconfirmed") {
      const reason = `${status}: ${error?.code}`;
      told.reasons[reason] = (told.reasons[reason] ?? 0) + 1;
    }
  for (const { status, text } of sent.filter(({ status }) => status === "queued" || status === "sending"))
    blame("wrongTick", 1, `"${text}" is still ${status}`);

  const onPhone = countBy(arrived, ({ text }) => text ?? "");
  for (const text of new Set(texts)) {
    const alike = sent.filter((message) => message.text === text);
    const sure = alike.filter(({ status }) => status !== "failed" && status !== "unconfirmed").length;
    const there = onPhone.get(text) ?? 0;
    blame("doubledFromBusiness", there - alike.length, `"${text}" arrived ${there} times`);
    blame("lostFromBusiness", sure - there, `"${text}" never arrived`);
    const open = alike.filter(({ status }) => status === "unconfirmed").length;
    blame("wrongTick", Math.min(there, alike.length) - sure - open, `"${text}" failed and arrived`);
  }
  // On the phone in the order of posting; those that failed or are in doubt may be missing.
  let place = 0;
  for (const { text } of arrived) {
    const found = wanted.indexOf(text ?? "", place);
    if (found < 0) blame("outOfOrder", 1, `"${text}" on the phone`);
    else place = found + 1;
  }
  judgeTicks(arrived, sent, blame);
}

/** Of several alike, the ticks are compared as a set: which is which only their ids could tell. */
function judgeTicks(arrived: ShownMessage[], sent: MessageView[], blame: Blame) {
  for (const text of new Set(arrived.map((message) => message.text))) {
    const truth = arrived.filter((message) => message.text === text).map(({ status }) => status);
    const ours = sent
      .filter((message) => message.text === text)
      .map(({ status }) => status)
      .filter((status) => status !== "unconfirmed" && status !== "failed");
    for (const status of truth) {
      const at = ours.findIndex((one) => SAME_TICK[status]?.includes(one));
      if (at >= 0) ours.splice(at, 1);
    }
    blame(
      "wrongTick",
      ours.length,
      `"${text}" is ${truth.join()} on the phone and ${ours.join()} in the inbox`,
    );
  }
}

/** The line in the list of chats says what the thread says. */
function judgeList(conversation: ConversationView, inbox: MessageView[], blame: Blame) {
  const last = inbox.at(-1);
  const { lastMessage, unreadCount } = conversation;
  if (last && (lastMessage?.id !== last.id || lastMessage.status !== last.status))
    blame(
      "wrongPreview",
      1,
      `"${lastMessage?.text}" (${lastMessage?.status}), last is "${last.text}" (${last.status})`,
    );
  const received = inbox.filter(({ direction }) => direction === "inbound").length;
  if (unreadCount !== received) blame("wrongUnread", 1, `${unreadCount} instead of ${received}`);
}
