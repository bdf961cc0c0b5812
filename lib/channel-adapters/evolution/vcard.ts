/** Contact cards in vCard 3.0, as WhatsApp writes them. */
import type { ContactCard } from "#lib/channel-adapters/contract.ts";
import { defined } from "./defined.ts";
import { ContactContent } from "./payloads.ts";
import { read } from "./wire-values.ts";

/** A card with a picture inside can be long; names and numbers come first. */
const VCARD_LENGTH_MAX = 64 * 1024;

export function readContactCard(value: unknown): ContactCard | undefined {
  const content = read(ContactContent, value);
  if (!content) return undefined;
  const lines = vcardLines(content.vcard ?? "");
  const all = (property: string) => lines.filter((line) => line.property === property);
  const phones = all("TEL").map((line) => line.value || (line.waid ? `+${line.waid}` : ""));
  const emails = all("EMAIL").map((line) => line.value);
  const organization = (all("ORG")[0]?.value ?? "").split(";").filter(Boolean).join(", ");
  const filledEmails = emails.filter(Boolean);
  return defined({
    name: content.displayName ?? all("FN")[0]?.value ?? "",
    phones: phones.filter(Boolean),
    emails: filledEmails.length > 0 ? filledEmails : undefined,
    organization: organization || undefined,
  });
}

type VcardLine = { property: string; waid: string | undefined; value: string };

function vcardLines(vcard: string): VcardLine[] {
  // A line that begins with a blank continues the one before it.
  const unfolded = vcard.slice(0, VCARD_LENGTH_MAX).replace(/\r?\n[ \t]/g, "");
  return unfolded.split(/\r?\n/).flatMap((line) => {
    const colon = line.indexOf(":");
    if (colon < 1) return [];
    const [name = "", ...parameters] = line.slice(0, colon).split(";");
    // `item1.TEL`: the part before the dot only ties a label to it.
    const property = name.slice(name.lastIndexOf(".") + 1).toUpperCase();
    const waid = parameters.find((parameter) => /^waid=\d+$/i.test(parameter))?.slice(5);
    return [{ property, waid, value: unescaped(line.slice(colon + 1)).trim() }];
  });
}

function unescaped(value: string): string {
  return value.replace(/\\([\\,;nN])/g, (_, escaped: string) =>
    escaped.toLowerCase() === "n" ? "\n" : escaped,
  );
}
