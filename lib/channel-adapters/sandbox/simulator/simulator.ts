import type { FaultBoard } from "./faults.ts";
import type { Inbound } from "./messages/inbound.ts";
import type { Receipts } from "./messages/receipts.ts";
import type { Phones } from "./phones/phones.ts";
import type { Database } from "./store/database.ts";
import type { Instance } from "./store/instances.ts";
import type { Timers } from "./timers.ts";
import type { Timings } from "./timings.ts";
import type { Deliveries } from "./webhooks/deliveries.ts";

/** The few lines of a logger the sandbox needs. */
export type SandboxLogger = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** Everything the parts of one running sandbox share. */
export type Simulator = {
  readonly db: Database;
  readonly timings: Timings;
  readonly timers: Timers;
  readonly faults: FaultBoard;
  readonly deliveries: Deliveries;
  readonly receipts: Receipts;
  readonly inbound: Inbound;
  readonly phones: Phones;
  /** By name. */
  readonly instances: Map<string, Instance>;
  readonly apiKey: string;
  readonly controlToken: string | null;
  readonly logger: SandboxLogger;
  readonly url: () => string;
};

/** The gateway hears WhatsApp: logged in, connected, and not played dead. */
export function isListening(sim: Simulator, instance: Instance): boolean {
  return instance.state === "open" && instance.paired && !sim.faults.current.down;
}
