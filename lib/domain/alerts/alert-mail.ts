import type { ChannelErrorCode } from "#lib/domain/channels/schema.ts";
import type { ErrorText } from "#lib/i18n/error-text.ts";
import { errorText } from "#lib/i18n/error-text.ts";
import { createFormat } from "#lib/i18n/format.ts";
import type { Locale } from "#lib/i18n/locales.ts";
import enDisconnect from "#lib/i18n/messages/en/disconnect.json" with { type: "json" };
import en from "#lib/i18n/messages/en/mail.json" with { type: "json" };
import esDisconnect from "#lib/i18n/messages/es/disconnect.json" with { type: "json" };
import es from "#lib/i18n/messages/es/mail.json" with { type: "json" };
import ptDisconnect from "#lib/i18n/messages/pt-BR/disconnect.json" with { type: "json" };
import ptBR from "#lib/i18n/messages/pt-BR/mail.json" with { type: "json" };
import { isErrorCode } from "#lib/kernel/errors.ts";
import type { Mail } from "#lib/mail/send-mail.ts";
import type { AlertKind, AlertView } from "./schema.ts";

const WORDS = { es: es.alert, en: en.alert, "pt-BR": ptBR.alert };
const CAUSES: Record<Locale, Partial<Record<string, ErrorText>>> = {
  es: esDisconnect,
  en: enDisconnect,
  "pt-BR": ptDisconnect,
};
const SUBJECTS = {
  channel_down: "subjectDown",
  channel_unresponsive: "subjectUnresponsive",
  sending_stopped: "subjectStopped",
} as const satisfies Record<AlertKind, string>;

type Reader = { name: string; email: string; locale: Locale };
type Business = { name: string; timeZone: string };

/** The alert as an e-mail in its reader's language: which number, since when, why, and what to do. */
export function alertMail(alert: AlertView, reader: Reader, business: Business, channelUrl: string): Mail {
  const words = WORDS[reader.locale];
  const format = createFormat({ locale: reader.locale, timeZone: business.timeZone });
  const { title, detail, action } = causeText(alert, reader.locale);
  const name = alert.channelName;
  const subject = fill(words[SUBJECTS[alert.kind]], { name });
  const lines = [
    alert.phone ? fill(words.number, { phone: format.phone(alert.phone) }) : null,
    fill(words.since, { at: format.full(alert.since) }),
    fill(words.what, { text: `${title}. ${detail}` }),
    fill(words.todo, { text: action }),
  ].filter((line) => line !== null);
  const greeting = fill(words.greeting, { person: reader.name });
  const footer = fill(words.footer, { tenant: business.name });
  const text = [greeting, subject, lines.join("\n"), `${words.open}: ${channelUrl}`, footer].join("\n\n");
  const html = [
    `<p>${escaped(greeting)}</p>`,
    `<h1 style="font-size:18px">${escaped(subject)}</h1>`,
    ...lines.map((line) => `<p>${escaped(line)}</p>`),
    `<p><a href="${escaped(channelUrl)}">${escaped(words.open)}</a></p>`,
    `<p style="color:#666;font-size:13px">${escaped(footer)}</p>`,
  ].join("\n");
  return {
    to: reader.email,
    subject,
    text,
    html: `<!doctype html><html lang="${reader.locale}"><body style="font-family:sans-serif;font-size:15px;line-height:1.5">\n${html}\n</body></html>`,
  };
}

function causeText({ kind, code }: AlertView, locale: Locale): ErrorText {
  const words = WORDS[locale];
  if (kind === "sending_stopped")
    return { title: words.stoppedTitle, detail: words.stoppedDetail, action: words.stoppedAction };
  if (isErrorCode(code)) return errorText(code, locale);
  return causeOf(code, locale) ?? errorText("internal", locale);
}

function causeOf(code: ChannelErrorCode | null, locale: Locale): ErrorText | undefined {
  return CAUSES[locale][(code ?? "disconnect.unknown").replace("disconnect.", "")];
}

function fill(template: string, values: Record<string, string>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
