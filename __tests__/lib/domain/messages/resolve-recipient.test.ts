import "#__tests__/support/database.ts";
import { createServer } from "node:http";
import { afterAll, expect, test } from "vitest";
import { aTextFrom, everybody, phone, receive } from "#__tests__/lib/domain/contacts/incoming.ts";
import { drainJobs } from "#__tests__/support/jobs.ts";
import { replay } from "../../channel-adapters/evolution/gateway-server.ts";

/** A gateway for which exactly these numbers are on WhatsApp; it sends wherever it is told, or `rewrites`. */
const onWhatsApp = new Set<string>();
const rewrites = new Map<string, string>();
let asked: string[] = [];
let sends = 0;
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const body = chunks.length > 0 ? JSON.parse(Buffer.concat(chunks).toString()) : {};
  const reply = (status: number, answer: unknown) =>
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
  if (request.url?.includes("connectionState")) return reply(200, replay("state-open").body);
  if (request.url?.includes("whatsappNumbers")) {
    asked.push(...body.numbers);
    const rows = body.numbers.map((number: string) => ({
      jid: `${rewrites.get(number) ?? number}@s.whatsapp.net`,
      exists: onWhatsApp.has(rewrites.get(number) ?? number),
      number,
    }));
    return reply(200, rows);
  }
  sends += 1;
  const number = String(body.number).split("@")[0] ?? "";
  const remoteJid = `${rewrites.get(number) ?? number}@s.whatsapp.net`;
  const key = { remoteJid, fromMe: true, id: `3EB0${String(sends).padStart(18, "0")}` };
  return reply(201, { key, status: "PENDING", messageTimestamp: 1_795_164_957 });
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
if (!address || typeof address === "string") throw new Error("no port");
process.env.EVOLUTION_API_URL = `http://127.0.0.1:${address.port}`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const { sendToPhone } = await import("#lib/domain/messages/send-message.ts");
const { getMessage } = await import("#lib/domain/messages/queries.ts");
const { asId } = await import("#lib/kernel/ids.ts");
const { aChannel } = await import("#prisma/factories/inbox.ts");
const { aTenant } = await import("#prisma/factories/tenant.ts");

async function aShop(country: string, numbers: string[]) {
  onWhatsApp.clear();
  rewrites.clear();
  for (const number of numbers) onWhatsApp.add(number);
  asked = [];
  const { ctx } = await aTenant({ country });
  const channel = await aChannel(ctx);
  const write = async (to: string) => {
    const { id } = await sendToPhone(ctx, { to, type: "text", text: "hola" });
    await drainJobs("deliver-message");
    return getMessage(ctx, asId("message", id));
  };
  return { ctx, channel, write };
}

test.each([
  ["BR", "+55 31 98765-4321", "5531987654321", "+5531987654321"],
  ["MX", "+52 55 1234 5678", "525512345678", "+525512345678"],
])("%s: the second form is taken where the first is not there", async (country, to, there, e164) => {
  const { ctx, write } = await aShop(country, [there]);
  expect((await write(to)).status).toBe("sent");
  const [person] = await everybody(ctx);
  expect(person).toMatchObject({
    phone: e164,
    conversations: [{ addressKind: "phone", addressValue: there }],
  });
  expect(asked.length).toBe(2);
  // It has taken a message: nobody asks again.
  await write(to);
  expect(asked.length).toBe(2);
  expect((await everybody(ctx))[0]?.texts).toHaveLength(2);
});

test("none there: the message fails, nothing is sent", async () => {
  const { write } = await aShop("BR", []);
  const before = sends;
  expect((await write("+55 31 98765-4321")).error?.code).toBe("recipient_not_on_whatsapp");
  expect(sends).toBe(before);
});

test("Argentina: a number typed without 9 becomes the mobile when only that is on WhatsApp", async () => {
  const { ctx, channel, write } = await aShop("AR", ["5491123456789"]);
  await receive(ctx, channel, aTextFrom([phone("5491123456789")], { name: "Sol" }));
  expect((await write("+54 11 2345-6789")).status).toBe("sent");
  const [person, ...others] = await everybody(ctx);
  expect(others).toEqual([]);
  expect(person).toMatchObject({
    phone: "+5491123456789",
    profileName: "Sol",
    addresses: ["phone:5491123456789"],
  });
  expect(person?.texts).toHaveLength(2);
});

test("Argentina: the landline is itself when it is on WhatsApp", async () => {
  const { ctx, channel, write } = await aShop("AR", ["5491123456789", "541123456789"]);
  await receive(ctx, channel, aTextFrom([phone("5491123456789")]));
  expect((await write("+54 11 2345-6789")).status).toBe("sent");
  expect((await everybody(ctx)).map(({ addresses }) => addresses)).toEqual([
    ["phone:5491123456789"],
    ["phone:541123456789"],
  ]);
});

test("where the gateway really sent it is another address of the person", async () => {
  const { ctx, channel, write } = await aShop("AR", ["5491123456789"]);
  await receive(ctx, channel, aTextFrom([phone("5491123456789")]));
  rewrites.set("5491123456789", "541123456789");
  await write("+54 9 11 2345-6789");
  await receive(ctx, channel, aTextFrom([phone("541123456789")]));
  const people = await everybody(ctx);
  expect(people).toHaveLength(1);
  expect(people[0]?.texts).toHaveLength(3);
});

test("two who have both written stay two, whatever the gateway rewrites", async () => {
  const { ctx, channel, write } = await aShop("AR", ["5491123456789", "541123456789"]);
  for (const id of ["5491123456789", "541123456789"]) await receive(ctx, channel, aTextFrom([phone(id)]));
  rewrites.set("5491123456789", "541123456789");
  await write("+54 9 11 2345-6789");
  expect(await everybody(ctx)).toHaveLength(2);
});
