/** The life of an instance: create, connect, look, restart, remove (CONTRACT §4, §5, rules 8 and 9). */
import { setTimeout as wait } from "node:timers/promises";
import type { ConnectionState, WebhookTarget } from "#lib/channel-adapters/contract.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { phoneOf } from "./addresses.ts";
import { callGateway, type EvolutionAccess } from "./client.ts";
import { disconnectCause } from "./connection-codes.ts";
import { defined } from "./defined.ts";
import * as shape from "./payloads.ts";
import { qrCode } from "./qr-code.ts";
import { isObject, read } from "./wire-values.ts";

/** Exactly what we use; three of the four webhooks of each inbound message are left out on purpose (§5). */
export const WEBHOOK_EVENTS = [
  "QRCODE_UPDATED",
  "CONNECTION_UPDATE",
  "STATUS_INSTANCE",
  "LOGOUT_INSTANCE",
  "MESSAGES_SET",
  "MESSAGES_UPSERT",
  "MESSAGES_EDITED",
  "MESSAGES_UPDATE",
  "MESSAGES_DELETE",
  "SEND_MESSAGE",
  "SEND_MESSAGE_UPDATE",
  "CONTACTS_UPSERT",
  "PRESENCE_UPDATE",
  "CALL",
  "GROUPS_UPSERT",
  "GROUP_PARTICIPANTS_UPDATE",
];
export const SECRET_HEADER = "X-Hook-Secret";

/** Create waits 5 s for a QR code by itself, connect 2 s. */
const OPENING_TIMEOUT_MS = 30_000;

export type GatewayState = "open" | "connecting" | "close" | "missing";

/** The truth in the gateway's memory; asked before every call that would hang without a connection. */
export async function readState(access: EvolutionAccess): Promise<GatewayState> {
  try {
    const answer = await callGateway(access, { method: "GET", path: "instance/connectionState" });
    const { instance } = read(shape.StateAnswer, answer) ?? {};
    if (!instance) throw new AppError("gateway_failed", { detail: "not an answer of the gateway" });
    const state = read(shape.InstanceState, instance)?.state;
    // Missing for a moment after the gateway's own start.
    return state === "open" || state === "close" ? state : "connecting";
  } catch (error) {
    if (isInstanceMissing(error)) return "missing";
    throw error;
  }
}

/** Throws at once what would otherwise take the gateway 60 to 120 s to say (rule 9). */
export async function requireOpen(access: EvolutionAccess): Promise<void> {
  const state = await readState(access);
  if (state === "missing") {
    throw new AppError("gateway_instance_missing", { detail: "the gateway does not know this instance" });
  }
  if (state === "close") throw new AppError("channel_disconnected", { detail: "not connected" });
  if (state === "connecting")
    throw new AppError("channel_busy", { detail: "the connection is being opened" });
}

const CONNECT_ATTEMPTS = 3;

export async function connectInstance(
  access: EvolutionAccess,
  webhook: WebhookTarget,
  pairingPhone: string | undefined,
  cleanupMs: number,
): Promise<ConnectionState> {
  const number = pairingPhone?.replace(/\D/g, "");
  if (number === "")
    throw new AppError("recipient_invalid", { detail: "a pairing code needs a phone number" });
  for (let attempt = 1; ; attempt++) {
    try {
      return await connectOnce(access, webhook, number, cleanupMs);
    } catch (error) {
      // Made in the meantime by another process of ours, or not yet cleaned away: look again.
      const taken = error instanceof AppError && error.code === "gateway_name_taken";
      if (!taken || attempt === CONNECT_ATTEMPTS) throw error;
      await wait(cleanupMs);
    }
  }
}

async function connectOnce(
  access: EvolutionAccess,
  webhook: WebhookTarget,
  number: string | undefined,
  cleanupMs: number,
): Promise<ConnectionState> {
  const state = await readState(access);
  // While connecting the gateway ignores the number: a pairing code needs a new start.
  if (state === "open" || (state === "connecting" && number === undefined)) {
    await setWebhook(access, webhook);
    return state === "open" ? connectedState(access) : currentQr(access);
  }
  if (state !== "missing") {
    await deleteInstance(access);
    // The gateway cleans up behind its answer, and would clean away the new instance with the old one.
    await wait(cleanupMs);
  }
  return createInstance(access, webhook, number);
}

async function createInstance(
  access: EvolutionAccess,
  webhook: WebhookTarget,
  number: string | undefined,
): Promise<ConnectionState> {
  const answer = await callGateway(access, {
    method: "POST",
    path: "instance/create",
    perInstance: false,
    timeoutMs: OPENING_TIMEOUT_MS,
    body: defined({
      instanceName: access.instanceName,
      integration: "WHATSAPP-BAILEYS",
      qrcode: true,
      number,
      rejectCall: false,
      groupsIgnore: false,
      alwaysOnline: false,
      readMessages: false,
      readStatus: false,
      syncFullHistory: false,
      webhook: webhookSetting(webhook),
    }),
  });
  const created = read(shape.CreateAnswer, answer);
  if (!created?.instance) throw new AppError("gateway_failed", { detail: "not an answer of the gateway" });
  const qr = qrCode(created.qrcode);
  // WhatsApp may take longer than the gateway waits: the code then comes as an event.
  return qr ? { status: "qr", qr } : { status: "connecting" };
}

function webhookSetting(webhook: WebhookTarget) {
  return {
    enabled: true,
    url: webhook.url,
    headers: { [SECRET_HEADER]: webhook.secret },
    events: WEBHOOK_EVENTS,
    byEvents: false,
    base64: false,
  };
}

async function setWebhook(access: EvolutionAccess, webhook: WebhookTarget): Promise<void> {
  const body = { webhook: webhookSetting(webhook) };
  await callGateway(access, { method: "POST", path: "webhook/set", body });
}

/** From `connecting` the gateway answers at once; from `close` it would open a connection. */
async function currentQr(access: EvolutionAccess): Promise<ConnectionState> {
  const answer = await callGateway(access, {
    method: "GET",
    path: "instance/connect",
    timeoutMs: OPENING_TIMEOUT_MS,
  }).catch((error: unknown) => {
    // 200 with an error in it: the code, or what went wrong, follows as an event.
    if (error instanceof AppError && error.code === "gateway_refused") return undefined;
    throw error;
  });
  const { instance } = read(shape.StateAnswer, answer) ?? {};
  if (instance && read(shape.InstanceState, instance)?.state === "open") return connectedState(access);
  const qr = qrCode(answer);
  return qr ? { status: "qr", qr } : { status: "connecting" };
}

export async function connectionState(access: EvolutionAccess): Promise<ConnectionState> {
  const state = await readState(access);
  if (state === "open") return connectedState(access);
  if (state === "connecting") return currentQr(access);
  if (state === "missing") return { status: "disconnected", cause: "instance_missing" };
  const code = (await findRow(access))?.disconnectionReasonCode;
  return code === undefined
    ? { status: "disconnected" }
    : { status: "disconnected", cause: disconnectCause(code), code };
}

async function connectedState(access: EvolutionAccess): Promise<ConnectionState> {
  const row = await findRow(access);
  return defined({
    status: "connected",
    ownPhone: phoneOf(row?.ownerJid),
    profileName: row?.profileName,
    pictureUrl: row?.profilePicUrl,
  });
}

/** The stored row adds names and reasons; its `connectionStatus` goes stale and is never read. */
async function findRow(access: EvolutionAccess) {
  try {
    return await fetchRow(access);
  } catch (error) {
    // Decoration: the state itself is known.
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

async function fetchRow(access: EvolutionAccess) {
  const answer = await callGateway(access, {
    method: "GET",
    path: "instance/fetchInstances",
    perInstance: false,
    query: { instanceName: access.instanceName },
  });
  if (!Array.isArray(answer))
    throw new AppError("gateway_failed", { detail: "not an answer of the gateway" });
  const row = answer.find((candidate) => isObject(candidate) && candidate.name === access.instanceName);
  return read(shape.InstanceRow, row);
}

/** The answer comes before the work: the connection's events tell how it went. */
export async function restartInstance(access: EvolutionAccess): Promise<void> {
  const state = await readState(access);
  if (state === "missing" || state === "close") await requireOpen(access);
  await callGateway(access, { method: "POST", path: "instance/restart" });
}

/** Never `logout`: after that the same instance would send but not receive any more (rule 8). */
export async function deleteInstance(access: EvolutionAccess): Promise<void> {
  try {
    await callGateway(access, {
      method: "DELETE",
      path: "instance/delete",
      timeoutMs: OPENING_TIMEOUT_MS,
    });
  } catch (error) {
    if (!isInstanceMissing(error)) throw error;
  }
}

/** This call checks the key before it looks for the instance, so that "not found" proves the key. */
export async function pingGateway(access: EvolutionAccess): Promise<void> {
  try {
    await fetchRow(access);
  } catch (error) {
    if (!isInstanceMissing(error)) throw error;
  }
}

function isInstanceMissing(error: unknown): boolean {
  return error instanceof AppError && error.code === "gateway_instance_missing";
}
