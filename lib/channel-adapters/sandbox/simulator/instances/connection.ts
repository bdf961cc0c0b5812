import { pairingCode } from "../ids.ts";
import { phoneJid, pictureUrl } from "../messages/addresses.ts";
import type { Simulator } from "../simulator.ts";
import { type ConnectionState, type Instance, storeInstance } from "../store/instances.ts";
import { emit, emitShuffled } from "../webhooks/emit.ts";
import { drawQr, pairingText } from "./qr.ts";

/** Codes after which the connection is over for good; all others come back by themselves (CONTRACT section 15). */
export const FINAL_CODES: readonly number[] = [401, 402, 403, 406];

/** About so many codes are drawn per socket before a new one is opened. */
const CODES_PER_SOCKET = 6;

export function saveInstance(sim: Simulator, instance: Instance): void {
  instance.updatedAt = new Date().toISOString();
  storeInstance(sim.db, instance);
}

function setState(instance: Instance, state: ConnectionState): void {
  instance.state = state;
  instance.storedState = state;
}

/** True while nothing has changed the connection since `turn` was taken. */
function isCurrent(sim: Simulator, instance: Instance, turn: number): boolean {
  return instance.turn === turn && sim.instances.get(instance.name) === instance;
}

/** Ends whatever was planned for the connection and answers the number of the new turn. */
export function nextTurn(instance: Instance): number {
  instance.turn += 1;
  instance.qr = null;
  return instance.turn;
}

function emitConnecting(sim: Simulator, instance: Instance): void {
  emit(sim, instance, "connection.update", {
    instance: instance.name,
    state: "connecting",
    statusReason: 200,
  });
}

/** Opens the socket: with login data it comes back by itself, else QR codes follow. Resolves with the first code. */
export async function openSocket(sim: Simulator, instance: Instance): Promise<void> {
  const turn = nextTurn(instance);
  sim.db.write(() => {
    setState(instance, "connecting");
    instance.connectedBefore = true;
    saveInstance(sim, instance);
    emitConnecting(sim, instance);
  });
  if (instance.paired) {
    sim.timers.later(sim.timings.openMs, () => {
      if (isCurrent(sim, instance, turn) && !instance.lineCut) becomeOpen(sim, instance);
    });
    return;
  }
  await sim.timers.sleep(sim.timings.qrFirstMs);
  await renewQr(sim, instance, turn);
}

/** Draws the next code and plans the one after it, until the limit is reached. */
async function renewQr(sim: Simulator, instance: Instance, turn: number): Promise<void> {
  if (!isCurrent(sim, instance, turn)) return;
  if (instance.qrCount >= sim.timings.qrLimit) {
    refuse(sim, instance);
    return;
  }
  const code = pairingText();
  const base64 = await drawQr(code);
  if (!isCurrent(sim, instance, turn)) return;
  sim.db.write(() => {
    const asked = instance.pairingNumber ? (instance.qr?.pairingCode ?? pairingCode()) : null;
    instance.qrCount += 1;
    instance.qr = { code, base64, pairingCode: asked, count: instance.qrCount };
    saveInstance(sim, instance);
    if (instance.qrCount > 1 && instance.qrCount % CODES_PER_SOCKET === 1) emitConnecting(sim, instance);
    emit(sim, instance, "qrcode.updated", {
      qrcode: { instance: instance.name, pairingCode: asked, code, base64 },
    });
  });
  sim.timers.later(sim.timings.qrRenewMs, () => void renewQr(sim, instance, turn));
}

/** The limit of codes is reached: `refused`, state close, while the stored copy still says connecting (section 4). */
function refuse(sim: Simulator, instance: Instance): void {
  nextTurn(instance);
  sim.db.write(() => {
    instance.state = "close";
    instance.qrCount = 0;
    saveInstance(sim, instance);
    emit(sim, instance, "qrcode.updated", {
      message: "QR code limit reached, please login again",
      statusCode: 500,
    });
    emit(sim, instance, "connection.update", {
      instance: instance.name,
      state: "refused",
      statusReason: 428,
    });
  });
}

/** All codes that are left are drawn at once, and then the gateway gives up. */
export async function expireQr(sim: Simulator, instance: Instance): Promise<void> {
  const turn = nextTurn(instance);
  while (isCurrent(sim, instance, turn) && instance.qrCount < sim.timings.qrLimit) {
    const code = pairingText();
    const base64 = await drawQr(code);
    if (!isCurrent(sim, instance, turn)) return;
    instance.qrCount += 1;
    sim.db.write(() =>
      emit(sim, instance, "qrcode.updated", {
        qrcode: { instance: instance.name, pairingCode: null, code, base64 },
      }),
    );
  }
  if (isCurrent(sim, instance, turn)) refuse(sim, instance);
}

/** The phone has scanned the code: the socket is closed with 515 and opened anew, with no close event between. */
export function pair(sim: Simulator, instance: Instance, phone: string, name: string | null): void {
  const turn = nextTurn(instance);
  const before = Date.now();
  sim.db.write(() => {
    instance.paired = true;
    instance.pairingNumber = null;
    instance.ownerPhone = phone;
    instance.profileName = name ?? instance.profileName ?? `Recado ${phone.slice(-4)}`;
    instance.lineCut = false;
    saveInstance(sim, instance);
    emitConnecting(sim, instance);
  });
  sim.timers.later(sim.timings.openMs, () => {
    if (!isCurrent(sim, instance, turn)) return;
    becomeOpen(sim, instance);
    sim.timers.later(sim.timings.keyShareMs, () => {
      if (!isCurrent(sim, instance, turn)) return;
      sim.inbound.receive(instance, { kind: "key_share" });
      sim.inbound.receive(instance, { kind: "history", before });
    });
  });
}

function becomeOpen(sim: Simulator, instance: Instance): void {
  sim.db.write(() => {
    setState(instance, "open");
    instance.inlineMedia = instance.webhook?.base64 ?? false;
    instance.subscribed.clear();
    saveInstance(sim, instance);
    emit(sim, instance, "connection.update", {
      instance: instance.name,
      wuid: phoneJid(instance.ownerPhone ?? ""),
      profileName: instance.profileName,
      profilePictureUrl: pictureUrl(sim.url(), instance.ownerPhone ?? ""),
      state: "open",
      statusReason: 200,
    });
  });
  sim.inbound.wake(instance);
}

/** The line to WhatsApp breaks (`cut`) or comes back; there is no close event (evolution CONTRACT rule 10). */
export function setLine(sim: Simulator, instance: Instance, online: boolean): void {
  instance.lineCut = !online;
  if (online) void openSocket(sim, instance);
  else {
    nextTurn(instance);
    sim.db.write(() => {
      setState(instance, "connecting");
      saveInstance(sim, instance);
      emitConnecting(sim, instance);
    });
  }
}

/** Dozens of `connecting` while WhatsApp cannot be reached, then the line is back. */
export function storm(sim: Simulator, instance: Instance, count: number): void {
  const turn = nextTurn(instance);
  const blow = (left: number): void => {
    if (!isCurrent(sim, instance, turn)) return;
    if (left === 0) {
      becomeOpen(sim, instance);
      return;
    }
    sim.db.write(() => {
      setState(instance, "connecting");
      saveInstance(sim, instance);
      emitConnecting(sim, instance);
    });
    sim.timers.later(sim.timings.stormGapMs, () => blow(left - 1));
  };
  blow(count);
}

const CODE_TEXTS: Record<number, { error: string; message: string; data: object | null }> = {
  401: {
    error: "Unauthorized",
    message: "Stream Errored (conflict)",
    data: {
      tag: "stream:error",
      attrs: { code: "401" },
      content: [{ tag: "conflict", attrs: { type: "device_removed" } }],
    },
  },
  402: { error: "Payment Required", message: "Connection Failure", data: { reason: "402" } },
  403: { error: "Forbidden", message: "Connection Failure", data: { reason: "403" } },
  406: { error: "Not Acceptable", message: "Connection Failure", data: { reason: "406" } },
};

function disconnectionObject(instance: Instance, code: number, byApi: boolean): string {
  const text = CODE_TEXTS[code] ?? { error: "Unknown", message: "Connection Failure", data: null };
  const payload = {
    statusCode: code,
    error: text.error,
    message: byApi ? `Log out instance: ${instance.name}` : text.message,
  };
  return JSON.stringify({
    error: {
      data: byApi ? null : text.data,
      isBoom: true,
      isServer: false,
      output: { statusCode: code, payload, headers: {} },
    },
    date: new Date().toISOString(),
  });
}

/** The end of a login: three webhooks in changing order, state close, login data gone (sections 12, 15). */
export function closeFinally(sim: Simulator, instance: Instance, code: number, byApi: boolean): void {
  nextTurn(instance);
  sim.db.write(() => {
    const at = new Date().toISOString();
    const object = disconnectionObject(instance, code, byApi);
    instance.disconnection = { code, object, at };
    instance.paired = false;
    instance.lineCut = false;
    setState(instance, "close");
    if (byApi) instance.inboundClosed = true;
    saveInstance(sim, instance);
    emitShuffled(sim, instance, [
      ["logout.instance", null],
      ["connection.update", { instance: instance.name, state: "close", statusReason: code }],
      [
        "status.instance",
        {
          instance: instance.name,
          status: "closed",
          disconnectionAt: at,
          disconnectionReasonCode: code,
          disconnectionObject: object,
        },
      ],
    ]);
  });
}

const TUG_OF_WAR_ROUNDS = 5;

/** A connection that ended with `code`: final, a tug of war with another session (440), or simply back again. */
export function disconnect(sim: Simulator, instance: Instance, code: number): void {
  if (FINAL_CODES.includes(code)) closeFinally(sim, instance, code, false);
  else if (code === 440) tugOfWar(sim, instance, TUG_OF_WAR_ROUNDS);
  else void openSocket(sim, instance);
}

function tugOfWar(sim: Simulator, instance: Instance, rounds: number): void {
  void openSocket(sim, instance);
  if (rounds <= 1) return;
  const turn = instance.turn;
  sim.timers.later(sim.timings.openMs * 2, () => {
    if (isCurrent(sim, instance, turn)) tugOfWar(sim, instance, rounds - 1);
  });
}
