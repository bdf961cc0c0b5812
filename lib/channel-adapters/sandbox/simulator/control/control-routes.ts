import {
  FaultsChange,
  Online,
  ReadChat,
  type SandboxInstance,
  Scan,
  Scenario,
  Typing,
  WriteMessage,
} from "../../control-schema.ts";
import { created, ok, type Reply } from "../http/replies.ts";
import { closeFinally, pair, setLine } from "../instances/connection.ts";
import { digitsOf, whatsappPhone } from "../messages/addresses.ts";
import { chatAddress } from "../messages/hear.ts";
import type { Customer } from "../phones/phones.ts";
import { presentChat, presentShown } from "../phones/present.ts";
import { NoSuchMessage, write } from "../phones/writing.ts";
import { isListening, type Simulator } from "../simulator.ts";
import type { Instance } from "../store/instances.ts";
import { findMedia } from "../store/media.ts";
import { emit } from "../webhooks/emit.ts";
import type { ControlCall } from "./control.ts";
import { ControlRefusal } from "./refusal.ts";
import { playScenario } from "./scenarios.ts";
import { setFaults } from "./set-faults.ts";

type Route = { method: string; path: string; answer: (call: ControlCall) => Reply };

function presentInstance(sim: Simulator, instance: Instance): SandboxInstance {
  return {
    id: instance.id,
    instance: instance.name,
    state: instance.state,
    phone: instance.ownerPhone,
    profileName: instance.profileName,
    paired: instance.paired,
    online: !instance.lineCut,
    inboundClosed: instance.inboundClosed,
    qr: instance.qr,
    webhookUrl: instance.webhook?.url ?? null,
    pendingWebhooks: sim.deliveries.pending(instance.id),
    pendingInbound: sim.inbound.pending(instance),
  };
}

/** The person a path names, and the instance whose chats they are in. */
function personOf(call: ControlCall): { instance: Instance; customer: Customer } {
  const { instance, business } = call.business(call.params[0]);
  return { instance, customer: call.sim.phones.customer(business, call.phone(call.params[1])) };
}

function writeAs(call: ControlCall, fromPhone: boolean): Reply {
  const input = call.parse(WriteMessage);
  const { sim } = call;
  try {
    return sim.db.write(() => {
      const { instance, customer } = personOf(call);
      return created(presentShown(sim, instance, write(sim, instance, customer, input, fromPhone)));
    });
  } catch (error) {
    if (!(error instanceof NoSuchMessage)) throw error;
    throw new ControlRefusal(
      404,
      "message_not_found",
      `This side of the chat has no message ${error.message}.`,
    );
  }
}

function scan(call: ControlCall): Reply {
  const { phone, name } = call.parse(Scan);
  const instance = call.instance(call.params[0]);
  if (instance.state !== "connecting" || instance.paired || !instance.qr)
    throw new ControlRefusal(409, "no_qr_code", "This instance shows no QR code now.");
  pair(call.sim, instance, whatsappPhone(digitsOf(phone)), name ?? null);
  return ok(presentInstance(call.sim, instance));
}

function logout(call: ControlCall): Reply {
  const instance = call.instance(call.params[0]);
  if (!instance.paired)
    throw new ControlRefusal(409, "not_paired", "This instance is not linked to a phone.");
  closeFinally(call.sim, instance, 401, false);
  return ok(presentInstance(call.sim, instance));
}

function setOnline(call: ControlCall): Reply {
  const { online } = call.parse(Online);
  const instance = call.instance(call.params[0]);
  if (!instance.paired)
    throw new ControlRefusal(409, "not_paired", "This instance is not linked to a phone.");
  if (online === instance.lineCut) setLine(call.sim, instance, online);
  return ok(presentInstance(call.sim, instance));
}

function limitOf(call: ControlCall): number {
  const asked = Number(call.query.get("limit") ?? 1000);
  return Number.isInteger(asked) && asked > 0 ? Math.min(asked, 100_000) : 1000;
}

function listChats(call: ControlCall): Reply {
  const instance = call.instance(call.params[0]);
  if (!instance.ownerPhone) return ok([]);
  const chats = call.sim.phones.chats(instance.ownerPhone, limitOf(call));
  return ok(chats.map((chat) => presentChat(call.sim, instance, chat)));
}

function listMessages(call: ControlCall): Reply {
  const { instance, customer } = personOf(call);
  const shown = call.sim.phones.messages(customer.business, customer.phone, limitOf(call));
  return ok(
    shown.filter((one) => one.status !== "failed").map((one) => presentShown(call.sim, instance, one)),
  );
}

function chatOf(call: ControlCall, instance: Instance, customer: Customer): Reply {
  const { phones } = call.sim;
  const last = phones.messages(customer.business, customer.phone, 1)[0] ?? null;
  const unread = phones.below(customer, "business", "read").length;
  return ok(presentChat(call.sim, instance, { customer, last, unread }));
}

/** The customer opens the chat: everything of the business is read, voice notes only with `played`. */
function readChat(call: ControlCall): Reply {
  const { played } = call.parse(ReadChat);
  const { sim } = call;
  const { instance, customer } = personOf(call);
  sim.db.write(() => {
    for (const { keyId, status, type } of sim.phones.below(customer, "business", "read")) {
      for (const [step, word] of [
        ["sent", "SERVER_ACK"],
        ["delivered", "DELIVERY_ACK"],
        ["read", "READ"],
      ] as const)
        if (sim.phones.advance(customer.business, keyId, step) && (step !== "sent" || status === "pending"))
          sim.receipts.tell(instance, keyId, word);
      if (played && type === "voice" && sim.phones.advance(customer.business, keyId, "played"))
        sim.receipts.tell(instance, keyId, "PLAYED");
    }
  });
  return chatOf(call, instance, customer);
}

/** The owner reads the customer's messages on the business's own phone. */
function readOnPhone(call: ControlCall): Reply {
  const { sim } = call;
  const { instance, customer } = personOf(call);
  sim.db.write(() => {
    for (const { keyId } of sim.phones.below(customer, "customer", "read"))
      if (sim.phones.advance(customer.business, keyId, "read")) sim.receipts.tell(instance, keyId, "READ");
  });
  return chatOf(call, instance, customer);
}

/** Presence reaches us only for chats we subscribed to by a send with `delay` or `sendPresence` (section 12). */
function typing(call: ControlCall): Reply {
  const { presence } = call.parse(Typing);
  const { sim } = call;
  const { instance, customer } = personOf(call);
  if (!isListening(sim, instance) || !instance.subscribed.has(customer.phone))
    return chatOf(call, instance, customer);
  const jid = chatAddress(customer).remoteJid;
  const lastKnownPresence = presence === "paused" ? "available" : presence;
  const lastSeen = presence === "unavailable" ? { lastSeen: Math.floor(Date.now() / 1000) } : {};
  emit(sim, instance, "presence.update", {
    id: jid,
    presences: { [jid]: { lastKnownPresence, ...lastSeen } },
  });
  return chatOf(call, instance, customer);
}

/** A phone that comes back gets what waited for it. */
function setCustomerOnline(call: ControlCall): Reply {
  const { online } = call.parse(Online);
  const { sim } = call;
  const { instance, customer } = personOf(call);
  const changed = sim.db.write(() => {
    const after = sim.phones.change(customer, { online });
    if (online && !customer.online)
      for (const { keyId } of sim.phones.below(after, "business", "delivered"))
        sim.receipts.schedule(instance.id, keyId, "DELIVERY_ACK", sim.timings.deliveryAckMs);
    return after;
  });
  return chatOf(call, instance, changed);
}

function mediaOf(call: ControlCall): Reply {
  const { customer } = personOf(call);
  const shown = call.sim.phones.message(customer.business, call.params[2] ?? "");
  const media = shown?.mediaId && shown.deletedAt === null ? findMedia(call.sim.db, shown.mediaId) : null;
  if (!media) throw new ControlRefusal(404, "media_not_found", "This message has no file.");
  return {
    status: 200,
    body: media.bytes,
    headers: {
      "content-type": media.mimeType === "false" ? "application/octet-stream" : media.mimeType,
      "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(media.fileName)}`,
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "private, max-age=86400",
    },
  };
}

function scenario(call: ControlCall): Reply {
  const asked = call.parse(Scenario);
  if (asked.name === "calm") return ok(call.sim.faults.clear() && setFaults(call.sim, {}));
  const instance = call.instance(asked.instance);
  const needsPhone = !["qr_expired", "slow_gateway", "duplicates", "reorder"].includes(asked.name);
  if (needsPhone && !instance.paired)
    throw new ControlRefusal(409, "not_paired", "This instance is not linked to a phone.");
  if (asked.name === "qr_expired" && (instance.state !== "connecting" || instance.paired))
    throw new ControlRefusal(409, "no_qr_code", "This instance shows no QR code now.");
  return ok(playScenario(call.sim, instance, asked));
}

const CHAT = "instances/:/chats/:";

export const CONTROL_ROUTES: readonly Route[] = [
  {
    method: "GET",
    path: "instances",
    answer: ({ sim }) => ok([...sim.instances.values()].map((one) => presentInstance(sim, one))),
  },
  {
    method: "GET",
    path: "instances/:",
    answer: (call) => ok(presentInstance(call.sim, call.instance(call.params[0]))),
  },
  { method: "POST", path: "instances/:/scan", answer: scan },
  { method: "POST", path: "instances/:/logout", answer: logout },
  { method: "POST", path: "instances/:/online", answer: setOnline },
  { method: "GET", path: "instances/:/chats", answer: listChats },
  { method: "GET", path: `${CHAT}/messages`, answer: listMessages },
  { method: "POST", path: `${CHAT}/messages`, answer: (call) => writeAs(call, false) },
  { method: "POST", path: `${CHAT}/from-phone`, answer: (call) => writeAs(call, true) },
  { method: "POST", path: `${CHAT}/read`, answer: readChat },
  { method: "POST", path: `${CHAT}/read-on-phone`, answer: readOnPhone },
  { method: "POST", path: `${CHAT}/typing`, answer: typing },
  { method: "POST", path: `${CHAT}/online`, answer: setCustomerOnline },
  { method: "GET", path: `${CHAT}/messages/:/media`, answer: mediaOf },
  { method: "GET", path: "faults", answer: ({ sim }) => ok(sim.faults.current) },
  { method: "POST", path: "faults", answer: (call) => ok(setFaults(call.sim, call.parse(FaultsChange))) },
  { method: "POST", path: "scenarios", answer: scenario },
];
