import { checkBody, type Rule } from "../http/body-check.ts";
import { created, type GatewayRequest, ok, type Reply } from "../http/replies.ts";
import { textOr } from "../json.ts";
import type { Simulator } from "../simulator.ts";
import type { Instance } from "../store/instances.ts";
import { saveInstance } from "./connection.ts";

const SWITCHES = [
  "rejectCall",
  "groupsIgnore",
  "alwaysOnline",
  "readMessages",
  "readStatus",
  "syncFullHistory",
] as const;

const RULE: Rule = {
  required: SWITCHES,
  properties: {
    ...Object.fromEntries(SWITCHES.map((name) => [name, { type: "boolean" } satisfies Rule])),
    msgCall: { type: "string" },
    wavoipToken: { type: "string" },
  },
};

/** No partial update: all six switches are needed each time (evolution CONTRACT section 6). */
export async function setSettings(
  sim: Simulator,
  instance: Instance,
  request: GatewayRequest,
): Promise<Reply> {
  const { body } = request;
  checkBody(body, RULE);
  instance.settings = {
    rejectCall: body.rejectCall === true,
    msgCall: textOr(body.msgCall, instance.settings.msgCall),
    groupsIgnore: body.groupsIgnore === true,
    alwaysOnline: body.alwaysOnline === true,
    readMessages: body.readMessages === true,
    readStatus: body.readStatus === true,
    syncFullHistory: body.syncFullHistory === true,
    wavoipToken: textOr(body.wavoipToken, instance.settings.wavoipToken),
  };
  instance.settingsUpdatedAt = new Date().toISOString();
  saveInstance(sim, instance);
  return created({ settings: { instanceName: instance.name, settings: body } });
}

export async function findSettings(_sim: Simulator, instance: Instance): Promise<Reply> {
  return ok(instance.settings);
}
