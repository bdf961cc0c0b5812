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

/** Numbers of the tenant's country that nobody is meant to own: the country's example with other last digits. */
export function practicePhones(country: string): PracticePhones {
  const example = exampleMobile(country);
  return {
    business: withEnding(example, "500"),
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
