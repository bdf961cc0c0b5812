import type { Scenario } from "../../control-schema.ts";
import { disconnect, expireQr, storm } from "../instances/connection.ts";
import type { JsonObject } from "../json.ts";
import { presentShown } from "../phones/present.ts";
import { write } from "../phones/writing.ts";
import type { Simulator } from "../simulator.ts";
import type { Instance } from "../store/instances.ts";
import { setFaults } from "./set-faults.ts";

/** Plays a named happening; answers what came of it. */
export function playScenario(
  sim: Simulator,
  instance: Instance,
  scenario: Exclude<Scenario, { name: "calm" }>,
): JsonObject {
  switch (scenario.name) {
    case "disconnect":
      disconnect(sim, instance, scenario.code);
      return { state: instance.state };
    case "banned":
      disconnect(sim, instance, 403);
      return { state: instance.state };
    case "qr_expired":
      void expireQr(sim, instance);
      return { state: instance.state };
    case "connecting_storm":
      storm(sim, instance, scenario.count);
      return { state: instance.state };
    case "slow_gateway":
      return setFaults(sim, { latencyMs: scenario.latencyMs });
    case "duplicates":
      return setFaults(sim, { duplicateRate: scenario.rate });
    case "reorder":
      return setFaults(sim, { reorderRate: scenario.rate });
    case "lid_only_customer": {
      const customer = sim.phones.customer(instance.ownerPhone ?? "", scenario.phone);
      const input = {
        type: "text",
        text: scenario.text,
        name: scenario.contactName,
        addressing: "lid_only",
      } as const;
      const shown = sim.db.write(() => write(sim, instance, customer, input, false));
      return {
        phone: customer.phone,
        lid: sim.phones.customer(shown.business, shown.phone).lid,
        message: presentShown(sim, instance, shown),
      };
    }
  }
}
