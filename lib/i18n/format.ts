import type { Locale } from "./locales.ts";
import { formatPhone } from "./phone-format.ts";

/**
 * The only place that puts times and numbers into words. Days are those of the time zone given (the
 * tenant's), never those of the machine.
 */
export type Format = ReturnType<typeof createFormat>;

type Moment = string | number | Date;

const DAY_MS = 86_400_000;
const DAYS_WITH_NAME = 6;

export function createFormat({ locale, timeZone }: { locale: Locale; timeZone: string }) {
  const dated = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone, hourCycle: "h23", ...options });
  const clockFormat = dated({ hour: "2-digit", minute: "2-digit" });
  const weekday = dated({ weekday: "long" });
  const dayMonth = dated({ day: "numeric", month: "short" });
  const dayMonthYear = dated({ day: "numeric", month: "short", year: "numeric" });
  const longDay = dated({ weekday: "long", day: "numeric", month: "long" });
  const longDayYear = dated({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const integer = new Intl.NumberFormat(locale);

  /** Whole days in the zone since 1970: the difference of two is the days between them. */
  const dayNumber = (at: Date) => Math.floor((at.getTime() + zoneOffsetMs(at, timeZone)) / DAY_MS);
  const daysAgo = (at: Date, now: Date) => dayNumber(now) - dayNumber(at);
  const sameYear = (at: Date, now: Date) => {
    const year = (moment: Date) =>
      new Date(moment.getTime() + zoneOffsetMs(moment, timeZone)).getUTCFullYear();
    return year(at) === year(now);
  };
  const relativeDay = (days: number) => capitalized(relative.format(-days, "day"), locale);

  return {
    locale,
    timeZone,

    /** `16:05` */
    clock: (at: Moment) => clockFormat.format(new Date(at)),

    /** For lists: `16:05`, `Ayer`, `Lunes`, `14 nov`, `14 nov 2025`. */
    listTime(at: Moment, now: Moment = Date.now()): string {
      const [then, today] = [new Date(at), new Date(now)];
      const days = daysAgo(then, today);
      if (days === 0) return clockFormat.format(then);
      if (days === 1) return relativeDay(1);
      if (days > 1 && days <= DAYS_WITH_NAME) return capitalized(weekday.format(then), locale);
      return (sameYear(then, today) ? dayMonth : dayMonthYear).format(then);
    },

    /** For the line between two days: `Hoy`, `Ayer`, `Lunes`, `Viernes, 6 de noviembre`. */
    day(at: Moment, now: Moment = Date.now()): string {
      const [then, today] = [new Date(at), new Date(now)];
      const days = daysAgo(then, today);
      if (days === 0 || days === 1) return relativeDay(days);
      if (days > 1 && days <= DAYS_WITH_NAME) return capitalized(weekday.format(then), locale);
      return capitalized((sameYear(then, today) ? longDay : longDayYear).format(then), locale);
    },

    /** Two moments with the same key are on the same day. */
    dayKey: (at: Moment) => dayNumber(new Date(at)),

    /** For hovering: `viernes, 20 de noviembre de 2026, 16:05`. */
    full: (at: Moment) => `${longDayYear.format(new Date(at))}, ${clockFormat.format(new Date(at))}`,

    /** `14 nov 2026` */
    date: (at: Moment) => dayMonthYear.format(new Date(at)),

    /** `Hace 3 minutos`, `Ayer`, then the date. */
    ago(at: Moment, now: Moment = Date.now()): string {
      const seconds = Math.round((new Date(now).getTime() - new Date(at).getTime()) / 1000);
      if (seconds < 60) return capitalized(relative.format(0, "second"), locale);
      if (seconds < 3600) return capitalized(relative.format(-Math.floor(seconds / 60), "minute"), locale);
      const days = daysAgo(new Date(at), new Date(now));
      if (days === 0) return capitalized(relative.format(-Math.floor(seconds / 3600), "hour"), locale);
      if (days <= DAYS_WITH_NAME) return relativeDay(days);
      return dayMonthYear.format(new Date(at));
    },

    number: (value: number) => integer.format(value),

    phone: formatPhone,

    /** True where the reader's own clock shows another time than the tenant's. */
    differsFrom: (readerZone: string, at: Moment = Date.now()) =>
      zoneOffsetMs(new Date(at), readerZone) !== zoneOffsetMs(new Date(at), timeZone),
  };
}

/** How far the zone's clock is ahead of UTC at that moment. */
export function zoneOffsetMs(at: Date, timeZone: string): number {
  const parts = offsetFormat(timeZone).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((p) => p.type === type)?.value);
  const local = Date.UTC(
    part("year"),
    part("month") - 1,
    part("day"),
    part("hour"),
    part("minute"),
    part("second"),
  );
  return local - Math.floor(at.getTime() / 1000) * 1000;
}

const offsetFormats = new Map<string, Intl.DateTimeFormat>();

function offsetFormat(timeZone: string): Intl.DateTimeFormat {
  let format = offsetFormats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    offsetFormats.set(timeZone, format);
  }
  return format;
}

/** `Perú` for `PE`, in the reader's language. */
export function countryName(country: string, locale: Locale): string {
  return new Intl.DisplayNames(locale, { type: "region" }).of(country) ?? country;
}

/** `Lima (GMT-5)` for `America/Lima`. */
export function timeZoneName(timeZone: string, locale: Locale, at: Moment = Date.now()): string {
  const city = (timeZone.split("/").at(-1) ?? timeZone).replaceAll("_", " ");
  const offset = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "shortOffset" })
    .formatToParts(new Date(at))
    .find((part) => part.type === "timeZoneName")?.value;
  return offset ? `${city} (${offset})` : city;
}

function capitalized(text: string, locale: Locale): string {
  const [first = "", ...rest] = text;
  return first.toLocaleUpperCase(locale) + rest.join("");
}
