/** As WhatsApp asks for it: `ABCD1234` -> `ABCD-1234`. */
export function formatPairingCode(code: string): string {
  const letters = code.replaceAll(/[^0-9a-z]/gi, "").toUpperCase();
  return letters.length === 8 ? `${letters.slice(0, 4)}-${letters.slice(4)}` : letters;
}
