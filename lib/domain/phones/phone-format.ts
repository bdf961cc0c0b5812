import { parsePhoneNumberFromString } from "libphonenumber-js/min";

/**
 * An E.164 number as people read it: `+51 987 654 321`. What is none comes back unchanged.
 * Apart from phone-number.ts because the browser needs only the small metadata.
 */
export function formatPhone(e164: string): string {
  return parsePhoneNumberFromString(e164, { extract: false })?.formatInternational() ?? e164;
}
