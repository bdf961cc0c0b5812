/**
 * Where the number a person dials and the id WhatsApp knows differ: Brazil, Mexico, Argentina.
 * All strings are digits without `+`. These rules are first guesses: what the server answers wins.
 */

const BRAZIL_AREA = "(?:1[1-9]|2[12478]|3[1-578]|4[1-9]|5[1345]|6[1-9]|7[134579]|8[1-9]|9[1-9])";
/** Written as before 2012-2016; 2-5 after the area is a landline and stays. */
const BRAZIL_OLD_MOBILE = new RegExp(`^55(${BRAZIL_AREA})([6-9]\\d{7})$`);
const BRAZIL_MOBILE_WITH_OLD_FORM = new RegExp(`^55(${BRAZIL_AREA})9([6-9]\\d{7})$`);
const BRAZIL_AREA_KEEPS_NINE_MAX = 28;

/** Before 2019 mobiles had a 1 after the country code, and were dialled with 044, 045 or 01. */
const MEXICO_OLD_PREFIX = /^52(?:1|01|044|045)(\d{10})$/;
const MEXICO = /^52(\d{10})$/;

/** The 9 says "mobile" in E.164, the 15 says it inside the country: some write both. */
const ARGENTINA_MOBILE_TWICE = /^549(\d{12})$/;
const ARGENTINA_MOBILE = /^549(\d{10})$/;
const ARGENTINA_WITHOUT_9 = /^54(\d{10})$/;

/** The same number as E.164 has it today; what needs no repair comes back unchanged. */
export function modernDigits(digits: string): string {
  const brazil = BRAZIL_OLD_MOBILE.exec(digits);
  if (brazil) return `55${brazil[1]}9${brazil[2]}`;
  const mexico = MEXICO_OLD_PREFIX.exec(digits);
  if (mexico) return `52${mexico[1]}`;
  const argentina = ARGENTINA_MOBILE_TWICE.exec(digits);
  // With the trunk 0, libphonenumber finds the 15 behind an area code of any length.
  if (argentina) return `540${argentina[1]}`;
  return digits;
}

/** The ids under which WhatsApp may know an E.164 number, the likeliest first. */
export function whatsAppIds(digits: string): string[] {
  const brazil = BRAZIL_MOBILE_WITH_OLD_FORM.exec(digits);
  if (brazil) return brazilianIds(digits, brazil[1] ?? "", brazil[2] ?? "");
  const mexico = MEXICO.exec(digits);
  if (mexico) return [`521${mexico[1]}`, digits];
  const argentinaMobile = ARGENTINA_MOBILE.exec(digits);
  if (argentinaMobile) return [digits, `54${argentinaMobile[1]}`];
  const argentina = ARGENTINA_WITHOUT_9.exec(digits);
  if (argentina) return [digits, `549${argentina[1]}`];
  return [digits];
}

/** Old accounts from area 31 up were registered without the 9 and kept that id. */
function brazilianIds(withNine: string, area: string, subscriber: string): string[] {
  const withoutNine = `55${area}${subscriber}`;
  const keepsNine = Number(area) <= BRAZIL_AREA_KEEPS_NINE_MAX || subscriber.startsWith("6");
  return keepsNine ? [withNine, withoutNine] : [withoutNine, withNine];
}

/** National numbers of these shapes are dialled inside one town: right, but without their area code. */
const LOCAL_ONLY: Record<string, RegExp> = {
  "1": /^\d{7}$/,
  "51": /^\d{6,7}$/,
  "52": /^\d{7,8}$/,
  "54": /^(?:\d{6,8}|15\d{6,8})$/,
  "55": /^\d{8,9}$/,
  "57": /^\d{7}$/,
  "58": /^\d{7}$/,
  "593": /^\d{7}$/,
};

export function lacksAreaCode(callingCode: string, nationalNumber: string): boolean {
  return LOCAL_ONLY[callingCode]?.test(nationalNumber) ?? false;
}
