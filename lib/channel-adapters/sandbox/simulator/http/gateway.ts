import { GROUP_CALLS } from "../groups/groups.ts";
import { createInstance, fetchInstances, INSTANCE_CALLS } from "../instances/instance-calls.ts";
import { findSettings, setSettings } from "../instances/settings-calls.ts";
import { textOr } from "../json.ts";
import { deleteMessageForEveryone, updateMessage } from "../messages/change-calls.ts";
import { CHAT_CALLS, offerCall } from "../messages/chat-calls.ts";
import { findChats, findContacts, findMessages, findStatusMessage } from "../messages/find-calls.ts";
import { SEND_CALLS } from "../messages/send-calls.ts";
import type { Simulator } from "../simulator.ts";
import type { Instance } from "../store/instances.ts";
import { findWebhook, setWebhook } from "../webhooks/webhook-calls.ts";
import { GatewayError, type GatewayRequest, ok, type Reply } from "./replies.ts";

type Call = (sim: Simulator, instance: Instance, request: GatewayRequest) => Promise<Reply>;

/** All calls with an instance in the path, by `METHOD /group/name`. */
const CALLS = new Map<string, Call>();

function add(method: string, group: string, calls: Record<string, Call>): void {
  for (const [name, call] of Object.entries(calls)) CALLS.set(`${method} ${group}/${name}`, call);
}

for (const [name, { method, call }] of Object.entries(INSTANCE_CALLS))
  add(method, "instance", { [name]: call });
add("POST", "webhook", { set: setWebhook });
add("GET", "webhook", { find: findWebhook });
add("POST", "settings", { set: setSettings });
add("GET", "settings", { find: findSettings });
add("POST", "message", SEND_CALLS);
add("POST", "chat", {
  ...CHAT_CALLS,
  findMessages,
  findStatusMessage,
  findChats,
  findContacts,
  updateMessage,
});
add("DELETE", "chat", { deleteMessageForEveryone });
add("GET", "group", GROUP_CALLS);
add("POST", "call", { offer: offerCall });
/** Answers an empty body for a number that is not of the Cloud kind. */
add("GET", "template", { find: async () => ({ status: 200, body: undefined }) });

function welcome(sim: Simulator): Reply {
  return ok({
    status: 200,
    message: "Welcome to the Evolution API, it is working!",
    version: "2.3.6",
    clientName: "evolution",
    manager: `${sim.url()}/manager`,
    documentation: "https://doc.evolution-api.com",
    whatsappWebVersion: "2.3000.1027934701",
  });
}

/**
 * Order of the checks: does the instance exist, then the key. The query is merged over the path only after the key
 * was checked, so one key opens every instance: played as it is (evolution CONTRACT section 2).
 */
export async function answerGateway(sim: Simulator, request: GatewayRequest): Promise<Reply> {
  const { method, path } = request;
  const notFound = (): GatewayError => new GatewayError(404, [`Cannot ${method} ${path}`]);
  if (method === "GET" && path === "/") return welcome(sim);
  if (method === "POST" && path === "/instance/create") return await createInstance(sim, request);
  if (method === "GET" && path === "/instance/fetchInstances") return await fetchInstances(sim, request);
  const [, group, name, encoded, ...rest] = path.split("/");
  const call = CALLS.get(`${method} ${group}/${name}`);
  if (!call || !encoded || rest.length > 0) throw notFound();
  const named = sim.instances.get(decodeURIComponent(encoded));
  if (!named) throw new GatewayError(404, [`The "${decodeURIComponent(encoded)}" instance does not exist`]);
  if (request.apiKey !== sim.apiKey && request.apiKey !== named.token)
    throw new GatewayError(401, "Unauthorized");
  const override = textOr(request.query.get("instanceName"));
  const instance = override ? sim.instances.get(override) : named;
  if (!instance) throw new GatewayError(404, [`The "${override}" instance does not exist`]);
  return await call(sim, instance, request);
}
