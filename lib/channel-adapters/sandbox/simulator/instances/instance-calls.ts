import { randomUUID } from "node:crypto";
import { checkBody, type Rule } from "../http/body-check.ts";
import { created, GatewayError, type GatewayRequest, ok, type Reply } from "../http/replies.ts";
import { instanceKey, rowId } from "../ids.ts";
import { compact, isObject, type JsonObject, objectOr, textOr } from "../json.ts";
import { phoneJid, pictureUrl } from "../messages/addresses.ts";
import type { Simulator } from "../simulator.ts";
import { eraseInstance, type Instance, type Settings, type Webhook } from "../store/instances.ts";
import { countRows } from "../store/messages.ts";
import { emit } from "../webhooks/emit.ts";
import { makeWebhook } from "../webhooks/webhook-calls.ts";
import { closeFinally, openSocket, saveInstance } from "./connection.ts";

type InstanceCall = (sim: Simulator, instance: Instance, request: GatewayRequest) => Promise<Reply>;

const text: Rule = { type: "string" };
const CREATE_RULE: Rule = {
  properties: {
    instanceName: text,
    token: { type: "string" },
    number: { type: "string", pattern: "^\\d+[\\.@\\w-]+" },
    qrcode: { type: "boolean" },
    rejectCall: { type: "boolean" },
    groupsIgnore: { type: "boolean" },
    alwaysOnline: { type: "boolean" },
    readMessages: { type: "boolean" },
    readStatus: { type: "boolean" },
    syncFullHistory: { type: "boolean" },
  },
};

function firstSettings(body: JsonObject): Settings {
  return {
    rejectCall: body.rejectCall === true,
    msgCall: textOr(body.msgCall),
    groupsIgnore: body.groupsIgnore === true,
    alwaysOnline: body.alwaysOnline === true,
    readMessages: body.readMessages === true,
    readStatus: body.readStatus === true,
    syncFullHistory: body.syncFullHistory === true,
    wavoipToken: textOr(body.wavoipToken),
  };
}

function firstWebhook(body: JsonObject): Webhook | null {
  const webhook = body.webhook;
  if (!isObject(webhook)) return null;
  if (!Array.isArray(webhook.events))
    throw new GatewayError(400, ["Cannot read properties of undefined (reading 'length')"]);
  return makeWebhook({ ...webhook, enabled: true }, null);
}

/** Own words of the gateway for an instance name of another type: its database's complaint, paths cut. */
function refuseTypes(body: JsonObject): void {
  const name = body.instanceName;
  if (name === undefined || typeof name === "string") return;
  throw new GatewayError(500, [
    `PrismaClientValidationError: \nInvalid \`prismaRepository.instance.findMany()\` invocation in\n/evolution/src/api/guards/instance.guard.ts:19:55\n\n  16   return exists || keyExists;\n  17 }\n  18 \n→ 19 return exists || (await prismaRepository.instance.findMany({\n       where: {\n         name: ${JSON.stringify(name)}\n               ~~\n       }\n     })\n\nArgument \`name\`: Invalid value provided. Expected StringFilter or String, provided ${typeof name === "number" ? "Int" : "Object"}.`,
  ]);
}

/** Order of the checks: is the name free, then the key, then the body (evolution CONTRACT section 2). */
export async function createInstance(sim: Simulator, request: GatewayRequest): Promise<Reply> {
  const { body } = request;
  refuseTypes(body);
  const name = textOr(body.instanceName);
  if (sim.instances.has(name)) throw new GatewayError(403, [`This name "${name}" is already in use.`]);
  if (request.apiKey !== sim.apiKey) throw new GatewayError(401, "Unauthorized");
  checkBody(body, CREATE_RULE);
  if (body.integration !== "WHATSAPP-BAILEYS") throw new GatewayError(400, ["Invalid integration"]);
  if (name === "") throw new GatewayError(400, [['instance requires property "instanceName"']]);
  const webhook = firstWebhook(body);
  const now = new Date().toISOString();
  const instance: Instance = {
    id: randomUUID(),
    name,
    token: textOr(body.token) || instanceKey(),
    number: textOr(body.number) || null,
    state: "close",
    storedState: "close",
    paired: false,
    connectedBefore: false,
    ownerPhone: null,
    profileName: null,
    inboundClosed: false,
    lineCut: false,
    inlineMedia: false,
    qrCount: 0,
    disconnection: null,
    settings: firstSettings(body),
    settingId: rowId(),
    settingsUpdatedAt: now,
    webhook,
    createdAt: now,
    updatedAt: now,
    qr: null,
    pairingNumber: textOr(body.number) || null,
    turn: 0,
    subscribed: new Set(),
  };
  sim.db.write(() => {
    sim.instances.set(name, instance);
    saveInstance(sim, instance);
    emit(sim, instance, "instance.create", { instanceName: name, instanceId: instance.id });
  });
  if (body.qrcode === true)
    await Promise.all([openSocket(sim, instance), sim.timers.sleep(sim.timings.createWaitMs)]);
  return created(createdBody(instance, objectOr(body.webhook), body.qrcode === true));
}

function createdBody(instance: Instance, webhook: JsonObject, withQr: boolean): JsonObject {
  return {
    instance: {
      instanceName: instance.name,
      instanceId: instance.id,
      integration: "WHATSAPP-BAILEYS",
      webhookWaBusiness: null,
      accessTokenWaBusiness: "",
      status: instance.state,
    },
    hash: instance.token,
    webhook: compact({
      webhookUrl: webhook.url,
      webhookHeaders: webhook.headers,
      webhookByEvents: webhook.byEvents,
      webhookBase64: webhook.base64,
    }),
    websocket: {},
    rabbitmq: {},
    nats: {},
    sqs: {},
    settings: instance.settings,
    ...(withQr ? { qrcode: qrBody(instance) } : {}),
  };
}

function qrBody(instance: Instance): JsonObject {
  if (!instance.qr) return { count: instance.qrCount };
  const { pairingCode, code, base64, count } = instance.qr;
  return { pairingCode, code, base64, count };
}

const connect: InstanceCall = async (sim, instance, request) => {
  if (instance.state === "open") return stateReply(instance, instance.state);
  if (instance.state === "close") {
    instance.pairingNumber = request.query.get("number");
    await Promise.all([openSocket(sim, instance), sim.timers.sleep(sim.timings.connectWaitMs)]);
  }
  return ok(qrBody(instance));
};

function stateReply(instance: Instance, state: string): Reply {
  return ok({ instance: { instanceName: instance.name, state } });
}

const connectionState: InstanceCall = async (_sim, instance) => stateReply(instance, instance.state);

/** Answers the OLD state at once; the reconnect happens after. While closed it fails with a 200 (section 4). */
const restart: InstanceCall = async (sim, instance) => {
  if (instance.state === "close") return ok({ error: true, message: "[object Object]" });
  const former = instance.state;
  void openSocket(sim, instance);
  return stateReply(instance, former);
};

const logout: InstanceCall = async (sim, instance) => {
  if (instance.state === "close")
    throw new GatewayError(400, [`The "${instance.name}" instance is not connected`]);
  closeFinally(sim, instance, 401, true);
  return ok({ status: "SUCCESS", error: false, response: { message: "Instance logged out" } });
};

const deleteInstance: InstanceCall = async (sim, instance) => {
  sim.db.write(() => {
    emit(sim, instance, "instance.delete", { instanceName: instance.name, instanceId: instance.id });
    emit(sim, instance, "remove.instance", null);
    if (instance.state !== "close" && instance.paired) closeFinally(sim, instance, 401, true);
    sim.receipts.settle(instance);
    instance.turn += 1;
    eraseInstance(sim.db, instance.id);
    sim.inbound.forget(instance);
    sim.instances.delete(instance.name);
  });
  return ok({ status: "SUCCESS", error: false, response: { message: "Instance deleted" } });
};

const PRESENCES = ["unavailable", "available", "composing", "recording", "paused"];

const setPresence: InstanceCall = async (_sim, instance, request) => {
  checkBody(request.body, {
    required: ["presence"],
    properties: { presence: { type: "string", enum: PRESENCES } },
  });
  if (instance.state !== "open")
    throw new GatewayError(400, ["TypeError: Cannot read properties of undefined (reading 'name')"]);
  return created({ presence: request.body.presence });
};

/** The key decides what one may see: all, or the own instance only (evolution CONTRACT section 2). */
export async function fetchInstances(sim: Simulator, request: GatewayRequest): Promise<Reply> {
  const all = [...sim.instances.values()];
  const own = all.filter((instance) => instance.token === request.apiKey);
  if (request.apiKey !== sim.apiKey && own.length === 0) throw new GatewayError(401, "Unauthorized");
  const visible = request.apiKey === sim.apiKey ? all : own;
  const name = request.query.get("instanceName");
  const id = request.query.get("instanceId");
  const number = request.query.get("number");
  const found = visible.filter(
    (instance) =>
      (name === null || instance.name === name) &&
      (id === null || instance.id === id) &&
      (number === null || instance.number === number),
  );
  const wanted = name ?? id;
  if (wanted !== null && found.length === 0) throw new GatewayError(404, [`Instance "${wanted}" not found`]);
  return ok(found.map((instance) => instanceRow(sim, instance)));
}

function instanceRow(sim: Simulator, instance: Instance): JsonObject {
  const { disconnection, ownerPhone } = instance;
  return {
    id: instance.id,
    name: instance.name,
    connectionStatus: instance.storedState,
    ownerJid: ownerPhone ? phoneJid(ownerPhone) : null,
    profileName: instance.profileName,
    profilePicUrl: ownerPhone ? pictureUrl(sim.url(), ownerPhone) : null,
    integration: "WHATSAPP-BAILEYS",
    number: instance.number,
    businessId: null,
    token: instance.token,
    clientName: "evolution",
    disconnectionReasonCode: disconnection?.code ?? null,
    disconnectionObject: disconnection?.object ?? null,
    disconnectionAt: disconnection?.at ?? null,
    createdAt: instance.createdAt,
    updatedAt: instance.updatedAt,
    Chatwoot: null,
    Proxy: null,
    Rabbitmq: null,
    Nats: null,
    Sqs: null,
    Websocket: null,
    Setting: {
      id: instance.settingId,
      ...instance.settings,
      createdAt: instance.createdAt,
      updatedAt: instance.settingsUpdatedAt,
      instanceId: instance.id,
    },
    _count: {
      Message: countRows(sim.db, "message", instance.id),
      Contact: countRows(sim.db, "contact", instance.id),
      Chat: countRows(sim.db, "contact", instance.id),
    },
  };
}

export const INSTANCE_CALLS: Record<string, { method: string; call: InstanceCall }> = {
  connect: { method: "GET", call: connect },
  connectionState: { method: "GET", call: connectionState },
  restart: { method: "POST", call: restart },
  logout: { method: "DELETE", call: logout },
  delete: { method: "DELETE", call: deleteInstance },
  setPresence: { method: "POST", call: setPresence },
};
