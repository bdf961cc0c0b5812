import type { QrCode } from "#lib/channel-adapters/contract.ts";
import { defined } from "./defined.ts";
import { QrObject } from "./payloads.ts";
import { read } from "./wire-values.ts";

/** The QR object of webhooks, of create and of connect; undefined while there is none (`{"count":0}`). */
export function qrCode(value: unknown): QrCode | undefined {
  const qr = read(QrObject, value);
  if (!qr?.code || !qr.base64) return undefined;
  return defined({ code: qr.code, image: qr.base64, pairingCode: qr.pairingCode });
}
