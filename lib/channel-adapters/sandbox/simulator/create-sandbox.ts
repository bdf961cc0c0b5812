import { FaultBoard } from "./faults.ts";
import { createServer } from "./http/server.ts";
import { nextTurn, openSocket } from "./instances/connection.ts";
import { Inbound } from "./messages/inbound.ts";
import { Receipts } from "./messages/receipts.ts";
import { Phones } from "./phones/phones.ts";
import type { SandboxLogger, Simulator } from "./simulator.ts";
import { Database } from "./store/database.ts";
import { loadInstances } from "./store/instances.ts";
import { Timers } from "./timers.ts";
import { PRACTICE_TIMINGS, type Timings } from "./timings.ts";
import { Deliveries } from "./webhooks/deliveries.ts";

export type SandboxOptions = {
  port: number;
  host: string;
  /** Where the state lies; made when it is not there. */
  dataDir: string;
  /** The gateway's global key (`apikey` header). */
  apiKey: string;
  /** Opens the control API to other machines; they send it as `x-sandbox-token`. */
  controlToken?: string;
  logger?: SandboxLogger;
  timings?: Partial<Timings>;
  /** Plays the gateway's habit of forgetting its webhook repeats when it starts again. */
  forgetRetriesOnRestart?: boolean;
  /** A practice gateway has no place beside real customers: it refuses to start. */
  production?: boolean;
};

export type Sandbox = {
  start: () => Promise<void>;
  /** Ends every connection; what is not delivered yet stays on disk. */
  close: () => Promise<void>;
  /** Base address, known once it has started. */
  readonly url: string;
};

const SILENT: SandboxLogger = { info: () => {}, warn: () => {}, error: () => {} };

function buildSimulator(options: SandboxOptions, url: () => string): Simulator {
  const timings = { ...PRACTICE_TIMINGS, ...options.timings };
  const db = new Database(options.dataDir);
  const simulator: Simulator = {
    db,
    timings,
    timers: new Timers(),
    faults: new FaultBoard(db),
    deliveries: new Deliveries(db, timings),
    receipts: new Receipts(() => simulator),
    inbound: new Inbound(() => simulator),
    phones: new Phones(db),
    instances: new Map(loadInstances(db).map((instance) => [instance.name, instance])),
    apiKey: options.apiKey,
    controlToken: options.controlToken ?? null,
    logger: options.logger ?? SILENT,
    url,
  };
  return simulator;
}

/** A server that listens everywhere is reached at this machine's own address. */
function reachableHost(host: string): string {
  if (host === "0.0.0.0" || host === "::" || host === "") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}

/**
 * After a start every instance connects by itself, also those that were never paired, and a former API logout is
 * forgiven (evolution CONTRACT rule 8 and section 4).
 */
function reconnectAll(sim: Simulator): void {
  for (const instance of sim.instances.values()) {
    instance.inboundClosed = false;
    if (instance.paired) instance.state = "connecting";
    if (!instance.lineCut) void openSocket(sim, instance);
  }
}

/** The practice gateway: Evolution's API, simulated phones and the control API on one port. */
export function createSandbox(options: SandboxOptions): Sandbox {
  if (options.production)
    throw new Error(
      "The practice gateway does not start in production: set EVOLUTION_API_URL to a real gateway.",
    );
  let url = "";
  let sim: Simulator | null = null;
  let server: ReturnType<typeof createServer> | null = null;
  return {
    get url() {
      return url;
    },
    start: async () => {
      if (sim) return;
      const started = buildSimulator(options, () => url);
      const listening = createServer(started);
      sim = started;
      server = listening;
      await new Promise<void>((resolve, reject) => {
        listening.once("error", reject);
        listening.listen(options.port, options.host, resolve);
      });
      const address = listening.address();
      const port = typeof address === "object" && address ? address.port : options.port;
      url = `http://${reachableHost(options.host)}:${port}`;
      started.deliveries.resume(options.forgetRetriesOnRestart ?? false);
      started.deliveries.pause(started.faults.current.down);
      reconnectAll(started);
      started.receipts.resume();
      started.inbound.resume();
      started.logger.info({ url, instances: started.instances.size }, "practice gateway listens");
    },
    close: async () => {
      const [ending, listening] = [sim, server];
      sim = null;
      server = null;
      if (!ending || !listening) return;
      const closed = new Promise<void>((resolve) => listening.close(() => resolve()));
      listening.closeAllConnections();
      for (const instance of ending.instances.values()) nextTurn(instance);
      ending.timers.close();
      ending.inbound.close();
      ending.receipts.close();
      ending.deliveries.close();
      await closed;
      ending.db.close();
    },
  };
}
