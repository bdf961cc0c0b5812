import type { Faults } from "../../control-schema.ts";
import type { Simulator } from "../simulator.ts";

/** Changes the faults; a gateway that was away takes up what waited meanwhile. */
export function setFaults(sim: Simulator, change: { [K in keyof Faults]?: Faults[K] | undefined }): Faults {
  const faults = sim.faults.change(change);
  sim.deliveries.pause(faults.down);
  if (!faults.down) sim.inbound.wakeAll();
  return faults;
}
