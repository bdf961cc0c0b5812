import type { ScenarioInput } from "#lib/channel-adapters/sandbox/control-schema.ts";
import type { Ctx } from "#lib/domain/context.ts";
import type { ChannelId } from "#lib/kernel/ids.ts";
import { callSandboxOf } from "./call-sandbox.ts";
import type { PlayScenario } from "./schema.ts";

/** WhatsApp's code for a lost line, after which the gateway connects again by itself (evolution CONTRACT section 15). */
const LINE_LOST = 503;

export async function playScenario(ctx: Ctx, channelId: ChannelId, scenario: PlayScenario): Promise<void> {
  await callSandboxOf(ctx, channelId, (sandbox, instance) => sandbox.scenario(asAsked(instance, scenario)));
}

function asAsked(instance: string, scenario: PlayScenario): ScenarioInput {
  switch (scenario.name) {
    case "banned":
    case "qr_expired":
      return { instance, name: scenario.name };
    case "connection_lost":
      return { instance, name: "disconnect", code: LINE_LOST };
    case "hidden_number":
      return {
        instance,
        name: "lid_only_customer",
        contactName: scenario.contactName,
        text: scenario.text,
      };
  }
}
