import {
  type CountryCode,
  getExampleNumber,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from "libphonenumber-js/max";
import examples from "libphonenumber-js/mobile/examples";

/** Invented people of the practice phone; whoever wants others adds them. */
const NAMES = ["Carla Núñez", "Diego Ramírez", "Lucía Fernández", "Mateo Silva"] as const;
const FALLBACK: CountryCode = "PE";

export type PracticeCustomer = { name: string; phone: string };
export type PracticePhones = { business: string; customers: PracticeCustomer[] };

/**
 * Numbers of the tenant's country that nobody is meant to own: the country's example with other last
 * digits. Each tenant gets a business phone of its own, since one phone shows one set of chats.
 */
export function practicePhones(tenant: { id: string; country: string }): PracticePhones {
  const example = exampleMobile(tenant.country);
  return {
    business: withEnding(example, endingOf(tenant.id)),
    customers: NAMES.map((name, index) => ({
      name,
      phone: withEnding(example, `${index + 1}0${index + 1}`),
    })),
  };
}

function exampleMobile(country: string): string {
  const code = isSupportedCountry(country) ? country : FALLBACK;
  const number = getExampleNumber(code, examples) ?? getExampleNumber(FALLBACK, examples);
  if (!number) throw new Error("libphonenumber has no example numbers");
  return number.number;
}

function withEnding(e164: string, ending: string): string {
  const changed = `${e164.slice(0, -ending.length)}${ending}`;
  return parsePhoneNumberFromString(changed)?.isPossible() ? changed : e164;
}

/** Five digits, always the same for the same id; the first one keeps them away from the customers' endings. */
function endingOf(id: string): string {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 1_000_003;
  return `${5 + (hash % 4)}${String(hash % 10_000).padStart(4, "0")}`;
}
