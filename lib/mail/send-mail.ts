import { createTransport } from "nodemailer";
import { env } from "#lib/kernel/env.ts";
import { logger } from "#lib/kernel/logger.ts";

export type Mail = { to: string; subject: string; text: string; html: string };

const TIMEOUT_MS = 15_000;

/** True when e-mail is set up; the log says once that it is not. */
export function mailIsSetUp(): boolean {
  if (env().SMTP_URL !== undefined) return true;
  if (!told) logger.warn("SMTP_URL is not set: alerts are shown in the app and not sent by e-mail");
  told = true;
  return false;
}

let told = false;

/** Resolves once the server has taken it; throws when it has not. */
export async function sendMail({ to, subject, text, html }: Mail): Promise<void> {
  const { SMTP_URL, MAIL_FROM } = env();
  if (SMTP_URL === undefined) throw new Error("SMTP_URL is not set");
  const transport = createTransport({
    url: SMTP_URL,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // Words of other people stand in our mails: they name no files and fetch nothing.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({ from: MAIL_FROM, to, subject, text, html });
  } finally {
    transport.close();
  }
}
