import "#__tests__/support/database.ts";
import { createServer } from "node:http";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { queuedJobs } from "#__tests__/support/jobs.ts";
import { isUnusual } from "#lib/domain/channels/rhythm.ts";
import { newId } from "#lib/kernel/ids.ts";
import { aChannel } from "#prisma/factories/inbox.ts";
import { aTenant } from "#prisma/factories/tenant.ts";

/** A gateway whose connections say `open`, whatever else it does. */
type Manner = "well" | "refuses" | "hangs" | "breaks";
let manner: Manner = "well";
const server = createServer((request, response) => {
  const say = (body: unknown, status = 200) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
  const path = request.url ?? "";
  if (path.includes("connectionState")) return say({ instance: { instanceName: "x", state: "open" } });
  if (path.includes("fetchInstances")) return say([]);
  switch (manner) {
    case "well":
      return say({ messages: { total: 0, pages: 0, currentPage: 1, records: [] } });
    case "refuses":
      return say({ error: true, message: "[object Object]" });
    case "breaks":
      return say({ status: 500, error: "Internal Server Error", response: { message: "TypeError" } }, 500);
    case "hangs":
      return undefined;
  }
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
if (!address || typeof address === "string") throw new Error("no port");
process.env.EVOLUTION_API_URL = `http://127.0.0.1:${address.port}`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const { probe, probeIfSilent } = await import("#lib/domain/channels/check-responsiveness.ts");
const { observeConnection } = await import("#lib/domain/channels/observe-connection.ts");
const { getChannel, listTimeline } = await import("#lib/domain/channels/queries.ts");
const { listOpenAlerts } = await import("#lib/domain/alerts/queries.ts");
const { inTransaction } = await import("#lib/domain/context.ts");
const { asId } = await import("#lib/kernel/ids.ts");

beforeEach(() => {
  manner = "well";
});

async function aConnectedChannel() {
  const { ctx } = await aTenant();
  const channel = await aChannel(ctx);
  return { ctx, channel, channelId: asId("channel", channel.id) };
}

/** A sign of life every ten minutes in these hours before now, on each of the last ten days. */
async function heard({ ctx, channelId }: Awaited<ReturnType<typeof aConnectedChannel>>, silentMs: number) {
  const now = Date.now();
  const moments: number[] = [];
  for (let day = 0; day < 10; day++)
    for (let minute = -120; minute <= 60; minute += 10) {
      const at = now - day * 24 * 3600_000 + minute * 60_000;
      if (at <= now - silentMs) moments.push(at);
    }
  await inTransaction(ctx, (tx) =>
    tx.db.inboundEvent.createMany({
      data: moments.map((at) => {
        const id = newId("inboundEvent");
        return {
          id,
          channelId,
          name: "messages.upsert",
          chatKey: "x",
          body: "{}",
          headers: {},
          contentHash: id,
          status: "processed" as const,
          receivedAt: new Date(at),
        };
      }),
    }),
  );
}

describe("a silent number", () => {
  test("is left alone while its silence is its own way", async () => {
    const business = await aConnectedChannel();
    await heard(business, 20 * 60_000);
    manner = "breaks";
    expect(await probeIfSilent(business.ctx, business.channelId)).toBe("quiet");
  });

  test("that answers well is compared with its record", async () => {
    const business = await aConnectedChannel();
    await heard(business, 100 * 60_000);
    expect(await probeIfSilent(business.ctx, business.channelId)).toBe("well");
    expect(await queuedJobs("reconcile-channel")).toContainEqual({
      tenantId: business.ctx.tenantId,
      channelId: business.channelId,
    });
    // Not again at once.
    expect(await probeIfSilent(business.ctx, business.channelId)).toBe("quiet");
  });

  test("that says open and answers an error is unresponsive, with an alert and a line of history", async () => {
    const business = await aConnectedChannel();
    const { ctx, channelId } = business;
    await heard(business, 100 * 60_000);
    manner = "refuses";
    expect(await probeIfSilent(ctx, channelId)).toBe("odd");
    const channel = await getChannel(ctx, channelId);
    expect(channel).toMatchObject({ status: "connecting", lastErrorCode: "disconnect.unresponsive" });
    expect(await listOpenAlerts(ctx)).toMatchObject([
      { kind: "channel_unresponsive", code: "disconnect.unresponsive" },
    ]);
    const timeline = await listTimeline(ctx, channelId, { limit: 10 });
    expect(timeline.data[0]?.kind).toBe("unresponsive");

    // Saying `open` again proves nothing.
    await observeConnection(ctx, channelId);
    expect((await getChannel(ctx, channelId)).status).toBe("connecting");
    manner = "well";
    await observeConnection(ctx, channelId);
    expect((await getChannel(ctx, channelId)).status).toBe("connected");
    expect(await listOpenAlerts(ctx)).toEqual([]);
  });

  test.each(["breaks", "hangs"] as const)("whose gateway %s is unresponsive too", async (how) => {
    const { ctx, channel, channelId } = await aConnectedChannel();
    manner = how;
    expect(await probe(ctx, channel, 200)).toBe("odd");
    expect((await getChannel(ctx, channelId)).lastErrorCode).toBe("disconnect.unresponsive");
  });
});

describe("rhythm", () => {
  const busy = { days: 14, daysThisHour: 14, daysHourBefore: 14, pauseS: 600 };
  test.each([
    ["half an hour of a busy number", busy, 29 * 60, false],
    ["longer than twice its usual pause", busy, 31 * 60, true],
    ["a number with long pauses", { ...busy, pauseS: 3600 }, 110 * 60, false],
    ["its night", { ...busy, daysThisHour: 2 }, 5 * 3600, false],
    ["its first hour in the morning", { ...busy, daysHourBefore: 3 }, 9 * 3600, false],
    ["a new number", { ...busy, days: 4, daysThisHour: 4, daysHourBefore: 4 }, 5 * 3600, false],
  ])("%s", (_, rhythm, silenceS, unusual) => {
    expect(isUnusual(rhythm, silenceS)).toBe(unusual);
  });
});
