import { createMachine, getNextSnapshot } from "xstate";
import type { ChannelStatus } from "./schema.ts";

/**
 * The life of a connection. `setup_failed`: the gateway could not be asked. `connecting` covers both
 * the moments after a scan and an outage the gateway is trying to end by itself.
 */
export type ConnectionSignal =
  | { type: "SETUP_FAILED" }
  | { type: "OPENING" }
  | { type: "QR_SHOWN" }
  | { type: "OPENED" }
  | { type: "CLOSED" };

export const connectionMachine = createMachine({
  id: "connection",
  initial: "connecting",
  types: {} as { events: ConnectionSignal },
  on: {
    OPENED: ".connected",
    CLOSED: ".disconnected",
    QR_SHOWN: ".qr",
  },
  states: {
    setup_failed: { on: { OPENING: "connecting", CLOSED: {} } },
    disconnected: { on: { OPENING: "connecting", SETUP_FAILED: "setup_failed" } },
    qr: { on: { OPENING: "connecting", SETUP_FAILED: "setup_failed" } },
    connecting: { on: { SETUP_FAILED: "setup_failed" } },
    connected: {
      on: {
        OPENING: "connecting",
        // A QR code for a number that is connected is an old event that came late.
        QR_SHOWN: {},
      },
    },
  },
});

/** The state after a signal; signals that mean nothing in a state leave it as it is. */
export function nextStatus(status: ChannelStatus, signal: ConnectionSignal): ChannelStatus {
  const next = getNextSnapshot(
    connectionMachine,
    connectionMachine.resolveState({ value: status }),
    signal,
  ).value;
  return isStatus(next) ? next : status;
}

function isStatus(value: unknown): value is ChannelStatus {
  return typeof value === "string" && Object.hasOwn(connectionMachine.states, value);
}
