import type { Locale } from "./locales.ts";
import enAuth from "./messages/en/auth.json" with { type: "json" };
import enChannels from "./messages/en/channels.json" with { type: "json" };
import enCommon from "./messages/en/common.json" with { type: "json" };
import enDisconnect from "./messages/en/disconnect.json" with { type: "json" };
import enDocs from "./messages/en/docs.json" with { type: "json" };
import enErrors from "./messages/en/errors.json" with { type: "json" };
import enEvents from "./messages/en/events.json" with { type: "json" };
import enInbox from "./messages/en/inbox.json" with { type: "json" };
import enMail from "./messages/en/mail.json" with { type: "json" };
import enSandbox from "./messages/en/sandbox.json" with { type: "json" };
import enSettings from "./messages/en/settings.json" with { type: "json" };
import enShell from "./messages/en/shell.json" with { type: "json" };
import esAuth from "./messages/es/auth.json" with { type: "json" };
import esChannels from "./messages/es/channels.json" with { type: "json" };
import esCommon from "./messages/es/common.json" with { type: "json" };
import esDisconnect from "./messages/es/disconnect.json" with { type: "json" };
import esDocs from "./messages/es/docs.json" with { type: "json" };
import esErrors from "./messages/es/errors.json" with { type: "json" };
import esEvents from "./messages/es/events.json" with { type: "json" };
import esInbox from "./messages/es/inbox.json" with { type: "json" };
import esMail from "./messages/es/mail.json" with { type: "json" };
import esSandbox from "./messages/es/sandbox.json" with { type: "json" };
import esSettings from "./messages/es/settings.json" with { type: "json" };
import esShell from "./messages/es/shell.json" with { type: "json" };
import ptAuth from "./messages/pt-BR/auth.json" with { type: "json" };
import ptChannels from "./messages/pt-BR/channels.json" with { type: "json" };
import ptCommon from "./messages/pt-BR/common.json" with { type: "json" };
import ptDisconnect from "./messages/pt-BR/disconnect.json" with { type: "json" };
import ptDocs from "./messages/pt-BR/docs.json" with { type: "json" };
import ptErrors from "./messages/pt-BR/errors.json" with { type: "json" };
import ptEvents from "./messages/pt-BR/events.json" with { type: "json" };
import ptInbox from "./messages/pt-BR/inbox.json" with { type: "json" };
import ptMail from "./messages/pt-BR/mail.json" with { type: "json" };
import ptSandbox from "./messages/pt-BR/sandbox.json" with { type: "json" };
import ptSettings from "./messages/pt-BR/settings.json" with { type: "json" };
import ptShell from "./messages/pt-BR/shell.json" with { type: "json" };

/** What each namespace may say; Spanish is the language the others are held against. */
const es = {
  common: esCommon,
  auth: esAuth,
  shell: esShell,
  settings: esSettings,
  errors: esErrors,
  inbox: esInbox,
  channels: esChannels,
  sandbox: esSandbox,
  disconnect: esDisconnect,
  events: esEvents,
  mail: esMail,
  docs: esDocs,
};

export type Messages = typeof es;

/** Every visible word, by language and namespace. Readable by the web and the worker alike. */
export const MESSAGES: Record<Locale, { [N in keyof Messages]: object }> = {
  es,
  en: {
    common: enCommon,
    auth: enAuth,
    shell: enShell,
    settings: enSettings,
    errors: enErrors,
    inbox: enInbox,
    channels: enChannels,
    sandbox: enSandbox,
    disconnect: enDisconnect,
    events: enEvents,
    mail: enMail,
    docs: enDocs,
  },
  "pt-BR": {
    common: ptCommon,
    auth: ptAuth,
    shell: ptShell,
    settings: ptSettings,
    errors: ptErrors,
    inbox: ptInbox,
    channels: ptChannels,
    sandbox: ptSandbox,
    disconnect: ptDisconnect,
    events: ptEvents,
    mail: ptMail,
    docs: ptDocs,
  },
};
