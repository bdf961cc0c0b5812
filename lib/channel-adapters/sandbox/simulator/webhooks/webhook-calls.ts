import { checkBody, type Rule } from "../http/body-check.ts";
import { created, GatewayError, type GatewayRequest, ok, type Reply } from "../http/replies.ts";
import { rowId } from "../ids.ts";
import { saveInstance } from "../instances/connection.ts";
import { isObject, type JsonObject, objectOr, textOr } from "../json.ts";
import type { Simulator } from "../simulator.ts";
import type { Instance, Webhook } from "../store/instances.ts";
import { EVENT_NAMES } from "./emit.ts";

const RULE: Rule = {
  required: ["webhook"],
  properties: {
    webhook: {
      type: "object",
      required: ["enabled", "url"],
      properties: {
        enabled: { type: "boolean" },
        url: { type: "string" },
        headers: { type: "object" },
        byEvents: { type: "boolean" },
        base64: { type: "boolean" },
        events: { type: "array", items: { type: "string", enum: EVENT_NAMES } },
      },
    },
  },
};

/** The setting a request makes of the former one; headers that are left out stay (evolution CONTRACT section 5). */
export function makeWebhook(asked: JsonObject, former: Webhook | null): Webhook {
  const now = new Date().toISOString();
  const enabled = asked.enabled === true;
  const events = Array.isArray(asked.events) ? asked.events.map(String) : [];
  const headers = isObject(asked.headers)
    ? Object.fromEntries(Object.entries(asked.headers).map(([name, value]) => [name, String(value)]))
    : (former?.headers ?? null);
  return {
    id: former?.id ?? rowId(),
    url: textOr(asked.url),
    headers,
    enabled,
    events: !enabled ? [] : events.length === 0 ? EVENT_NAMES : events,
    byEvents: asked.byEvents === true,
    base64: asked.base64 === true,
    createdAt: former?.createdAt ?? now,
    updatedAt: now,
  };
}

function present(instance: Instance, webhook: Webhook): JsonObject {
  return {
    id: webhook.id,
    url: webhook.url,
    headers: webhook.headers,
    enabled: webhook.enabled,
    events: webhook.events,
    webhookByEvents: webhook.byEvents,
    webhookBase64: webhook.base64,
    createdAt: webhook.createdAt,
    updatedAt: webhook.updatedAt,
    instanceId: instance.id,
  };
}

export async function setWebhook(
  sim: Simulator,
  instance: Instance,
  request: GatewayRequest,
): Promise<Reply> {
  const webhook = objectOr(request.body.webhook);
  checkBody(request.body, RULE);
  if (webhook.events === undefined)
    throw new GatewayError(500, "Cannot read properties of undefined (reading 'length')");
  instance.webhook = makeWebhook(webhook, instance.webhook);
  saveInstance(sim, instance);
  return created(present(instance, instance.webhook));
}

export async function findWebhook(_sim: Simulator, instance: Instance): Promise<Reply> {
  return ok(instance.webhook ? present(instance, instance.webhook) : null);
}
