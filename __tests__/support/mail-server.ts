import { createServer, type Socket } from "node:net";
import { afterAll } from "vitest";

/** Importing this module starts an SMTP server that takes everything and keeps it. */
export type TakenMail = { from: string; to: string[]; source: string };
export const mails: TakenMail[] = [];

const sockets = new Set<Socket>();
const server = createServer((socket) => {
  sockets.add(socket);
  let mail: TakenMail = { from: "", to: [], source: "" };
  let pending = "";
  let inData = false;
  const say = (line: string) => socket.write(`${line}\r\n`);
  const hear = (line: string) => {
    if (inData) {
      if (line !== ".") {
        mail.source += `${line.startsWith("..") ? line.slice(1) : line}\r\n`;
        return;
      }
      inData = false;
      mails.push(mail);
      mail = { from: "", to: [], source: "" };
      say("250 taken");
    } else if (/^(EHLO|HELO)/i.test(line)) say("250 mail.test");
    else if (/^MAIL FROM:/i.test(line)) {
      mail.from = line;
      say("250 ok");
    } else if (/^RCPT TO:/i.test(line)) {
      mail.to.push(/<(.+)>/.exec(line)?.[1] ?? "");
      say("250 ok");
    } else if (/^DATA/i.test(line)) {
      inData = true;
      say("354 go on");
    } else if (/^QUIT/i.test(line)) socket.end("221 bye\r\n");
    else say("250 ok");
  };
  say("220 mail.test ESMTP");
  socket.setEncoding("utf8");
  socket.on("error", () => socket.destroy());
  socket.on("close", () => sockets.delete(socket));
  socket.on("data", (chunk: string) => {
    const lines = (pending + chunk).split("\r\n");
    pending = lines.pop() ?? "";
    for (const line of lines) hear(line);
  });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
if (!address || typeof address === "string") throw new Error("the mail server has no port");
process.env.SMTP_URL = `smtp://127.0.0.1:${address.port}?ignoreTLS=true`;
process.env.MAIL_FROM = "Recado <alerts@example.test>";

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

/** The text part as its reader sees it (quoted-printable, UTF-8). */
export function textOf({ source }: TakenMail): string {
  const part = source.split(/^--.*$/m).find((one) => one.includes("text/plain")) ?? source;
  const body = part.slice(part.indexOf("\r\n\r\n") + 4);
  if (/base64/i.test(part)) return Buffer.from(body, "base64").toString("utf8");
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
