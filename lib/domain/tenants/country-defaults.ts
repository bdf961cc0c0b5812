import type { Locale } from "#lib/i18n/locales.ts";
import { DEFAULT_LOCALE } from "#lib/i18n/locales.ts";

export type CountryDefaults = { currency: string; timeZone: string; locale: Locale };

/** For a country that is not listed: whoever registers there chooses what fits. */
const FALLBACK: CountryDefaults = { currency: "USD", timeZone: "UTC", locale: DEFAULT_LOCALE };

/** Currency, language, then the IANA zones of the country: first the one most people live in. */
type CountryRow = [currency: string, locale: Locale, zones: string];

/**
 * Zones stand in the names browsers still report as well as in today's (America/Buenos_Aires and
 * America/Argentina/Buenos_Aires). A language we do not speak falls to the nearest of ours.
 */
const COUNTRIES: Record<string, CountryRow> = {
  AR: [
    "ARS",
    "es",
    "America/Argentina/Buenos_Aires America/Argentina/Cordoba America/Argentina/Catamarca America/Argentina/Jujuy America/Argentina/La_Rioja America/Argentina/Mendoza America/Argentina/Rio_Gallegos America/Argentina/Salta America/Argentina/San_Juan America/Argentina/San_Luis America/Argentina/Tucuman America/Argentina/Ushuaia America/Buenos_Aires America/Catamarca America/Cordoba America/Jujuy America/Mendoza America/Rosario",
  ],
  BO: ["BOB", "es", "America/La_Paz"],
  BR: [
    "BRL",
    "pt-BR",
    "America/Sao_Paulo America/Araguaina America/Bahia America/Belem America/Boa_Vista America/Campo_Grande America/Cuiaba America/Eirunepe America/Fortaleza America/Maceio America/Manaus America/Noronha America/Porto_Acre America/Porto_Velho America/Recife America/Rio_Branco America/Santarem Brazil/Acre Brazil/East Brazil/West",
  ],
  BZ: ["BZD", "en", "America/Belize"],
  CL: [
    "CLP",
    "es",
    "America/Santiago America/Coyhaique America/Punta_Arenas Pacific/Easter Chile/Continental",
  ],
  CO: ["COP", "es", "America/Bogota"],
  CR: ["CRC", "es", "America/Costa_Rica"],
  CU: ["CUP", "es", "America/Havana Cuba"],
  DO: ["DOP", "es", "America/Santo_Domingo"],
  EC: ["USD", "es", "America/Guayaquil Pacific/Galapagos"],
  GT: ["GTQ", "es", "America/Guatemala"],
  GY: ["GYD", "en", "America/Guyana"],
  HN: ["HNL", "es", "America/Tegucigalpa"],
  HT: ["HTG", "en", "America/Port-au-Prince"],
  JM: ["JMD", "en", "America/Jamaica Jamaica"],
  MX: [
    "MXN",
    "es",
    "America/Mexico_City America/Bahia_Banderas America/Cancun America/Chihuahua America/Ciudad_Juarez America/Ensenada America/Hermosillo America/Matamoros America/Mazatlan America/Merida America/Monterrey America/Ojinaga America/Santa_Isabel America/Tijuana Mexico/General",
  ],
  NI: ["NIO", "es", "America/Managua"],
  // The balboa exists in coins only; prices and payments are in dollars.
  PA: ["USD", "es", "America/Panama"],
  PE: ["PEN", "es", "America/Lima"],
  PR: ["USD", "es", "America/Puerto_Rico"],
  PY: ["PYG", "es", "America/Asuncion"],
  SR: ["SRD", "en", "America/Paramaribo"],
  SV: ["USD", "es", "America/El_Salvador"],
  TT: ["TTD", "en", "America/Port_of_Spain"],
  UY: ["UYU", "es", "America/Montevideo"],
  VE: ["VES", "es", "America/Caracas"],

  US: [
    "USD",
    "en",
    "America/New_York America/Adak America/Anchorage America/Boise America/Chicago America/Denver America/Detroit America/Fort_Wayne America/Indiana/Indianapolis America/Indiana/Knox America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Tell_City America/Indiana/Vevay America/Indiana/Vincennes America/Indiana/Winamac America/Indianapolis America/Juneau America/Kentucky/Louisville America/Kentucky/Monticello America/Los_Angeles America/Louisville America/Menominee America/Metlakatla America/Nome America/North_Dakota/Beulah America/North_Dakota/Center America/North_Dakota/New_Salem America/Phoenix America/Sitka America/Yakutat Pacific/Honolulu US/Central US/Eastern US/Mountain US/Pacific",
  ],
  CA: [
    "CAD",
    "en",
    "America/Toronto America/Atikokan America/Blanc-Sablon America/Cambridge_Bay America/Coral_Harbour America/Creston America/Dawson America/Dawson_Creek America/Edmonton America/Fort_Nelson America/Glace_Bay America/Goose_Bay America/Halifax America/Inuvik America/Iqaluit America/Moncton America/Montreal America/Rankin_Inlet America/Regina America/Resolute America/St_Johns America/Swift_Current America/Vancouver America/Whitehorse America/Winnipeg",
  ],

  ES: ["EUR", "es", "Europe/Madrid Africa/Ceuta Atlantic/Canary"],
  AD: ["EUR", "es", "Europe/Andorra"],
  PT: ["EUR", "pt-BR", "Europe/Lisbon Atlantic/Azores Atlantic/Madeira Portugal"],
  AO: ["AOA", "pt-BR", "Africa/Luanda"],
  CV: ["CVE", "pt-BR", "Atlantic/Cape_Verde"],
  MZ: ["MZN", "pt-BR", "Africa/Maputo"],
  GQ: ["XAF", "es", "Africa/Malabo"],

  EE: ["EUR", "en", "Europe/Tallinn"],
  LV: ["EUR", "en", "Europe/Riga"],
  LT: ["EUR", "en", "Europe/Vilnius"],
  GB: ["GBP", "en", "Europe/London Europe/Belfast GB"],
  IE: ["EUR", "en", "Europe/Dublin"],
  DE: ["EUR", "en", "Europe/Berlin Europe/Busingen"],
  AT: ["EUR", "en", "Europe/Vienna"],
  CH: ["CHF", "en", "Europe/Zurich"],
  FR: ["EUR", "en", "Europe/Paris"],
  BE: ["EUR", "en", "Europe/Brussels"],
  NL: ["EUR", "en", "Europe/Amsterdam"],
  LU: ["EUR", "en", "Europe/Luxembourg"],
  IT: ["EUR", "en", "Europe/Rome"],
  PL: ["PLN", "en", "Europe/Warsaw Poland"],
  CZ: ["CZK", "en", "Europe/Prague"],
  UA: ["UAH", "en", "Europe/Kyiv Europe/Kiev"],
  RU: [
    "RUB",
    "en",
    "Europe/Moscow Asia/Anadyr Asia/Barnaul Asia/Chita Asia/Irkutsk Asia/Kamchatka Asia/Khandyga Asia/Krasnoyarsk Asia/Magadan Asia/Novokuznetsk Asia/Novosibirsk Asia/Omsk Asia/Sakhalin Asia/Srednekolymsk Asia/Tomsk Asia/Ust-Nera Asia/Vladivostok Asia/Yakutsk Asia/Yekaterinburg Europe/Astrakhan Europe/Kaliningrad Europe/Kirov Europe/Samara Europe/Saratov Europe/Ulyanovsk Europe/Volgograd",
  ],
  KZ: ["KZT", "en", "Asia/Almaty Asia/Aqtau Asia/Aqtobe Asia/Atyrau Asia/Oral Asia/Qostanay Asia/Qyzylorda"],
};

const COUNTRY_OF_ZONE = new Map(
  Object.entries(COUNTRIES).flatMap(([country, [, , zones]]) =>
    zones.split(" ").map((zone) => [zone.toLowerCase(), country] as const),
  ),
);

/** What a business of this country (ISO 3166) starts with; each can be changed later. */
export function countryDefaults(country: string | null | undefined): CountryDefaults {
  const code = country?.toUpperCase() ?? "";
  const row = Object.hasOwn(COUNTRIES, code) ? COUNTRIES[code] : undefined;
  if (!row) return FALLBACK;
  const [currency, locale, zones] = row;
  return { currency, timeZone: zones.split(" ", 1)[0] ?? FALLBACK.timeZone, locale };
}

/** The country whose people keep this IANA zone, or null where it is not known. */
export function countryOfTimeZone(timeZone: string | null | undefined): string | null {
  return COUNTRY_OF_ZONE.get(timeZone?.toLowerCase() ?? "") ?? null;
}
