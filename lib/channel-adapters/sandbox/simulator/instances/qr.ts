import { randomBytes } from "node:crypto";
import QRCode from "qrcode";

/** A pairing text of the length and shape WhatsApp uses: a reference and three keys. */
export function pairingText(): string {
  const reference = randomBytes(96).toString("base64");
  const keys = Array.from({ length: 3 }, () => randomBytes(32).toString("base64"));
  return `2@${[reference, ...keys].join(",")}`;
}

export function drawQr(text: string): Promise<string> {
  return QRCode.toDataURL(text, {
    margin: 3,
    scale: 4,
    errorCorrectionLevel: "H",
    color: { dark: "#198754" },
  });
}
