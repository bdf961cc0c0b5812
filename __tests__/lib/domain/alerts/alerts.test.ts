import "#__tests__/support/database.ts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aConnectedBusiness, settle } from "#__tests__/support/business.ts";
import { phones } from "#__tests__/support/gateway.ts";
import { drainJobs, eventTypes, queuedJobs } from "#__tests__/support/jobs.ts";
import { mails, textOf } from "#__tests__/support/mail-server.ts";
import { until } from "#__tests__/support/until.ts";
import { openAlert } from "#lib/domain/alerts/open-alert.ts";
import { listOpenAlerts } from "#lib/domain/alerts/queries.ts";
import { sendAlertMail } from "#lib/domain/alerts/send-alert-mail.ts";
import { connectChannel } from "#lib/domain/channels/connect-channel.ts";
import { disconnectChannel } from "#lib/domain/channels/disconnect-channel.ts";
import { observeConnection } from "#lib/domain/channels/observe-connection.ts";
import { observeOutage } from "#lib/domain/channels/observe-outage.ts";
import { listTimeline } from "#lib/domain/channels/queries.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { updateProfile } from "#lib/domain/users/system.ts";

type Business = Awaited<ReturnType<typeof aConnectedBusiness>>;
const PAGE = { limit: 50 };

beforeEach(() => {
  mails.length = 0;
});
afterEach(() => phones.scenario({ name: "calm" }));

const minuteAgo = () => new Date(Date.now() - 60_000);
const downAlerts = async ({ ctx }: Business) =>
  (await listOpenAlerts(ctx)).filter(({ kind }) => kind === "channel_down");
const timelineOf = async ({ ctx, channelId }: Business) =>
  (await listTimeline(ctx, channelId, PAGE)).data.map(({ kind }) => kind);

describe("a number that goes down", () => {
  test.each([
    [401, "disconnect.logged_out_on_phone"],
    [403, "disconnect.banned"],
    [406, "disconnect.logged_out_on_phone"],
  ] as const)("for good with code %i is told at once, with its cause", async (code, cause) => {
    const business = await aConnectedBusiness();
    await phones.scenario({ instance: business.instance, name: "disconnect", code });
    await business.becomes("disconnected");
    const alerts = await downAlerts(business);
    expect(alerts).toMatchObject([
      { kind: "channel_down", channelId: business.channelId, code: cause, phone: expect.any(String) },
    ]);
    expect(await eventTypes(business.ctx)).toContain("alert.updated");
    // The three webhooks of one end are one alert and one e-mail.
    await settle(business.instance);
    expect(await downAlerts(business)).toMatchObject([{ code: cause }]);
    expect((await timelineOf(business)).filter((kind) => kind === "disconnected")).toHaveLength(1);
  });

  test("ends its alert when it is back", async () => {
    const business = await aConnectedBusiness();
    await phones.scenario({ instance: business.instance, name: "disconnect", code: 401 });
    await business.becomes("disconnected");
    await connectChannel(business.ctx, business.channelId);
    expect(await listOpenAlerts(business.ctx)).toHaveLength(1);
    await business.scan();
    expect(await listOpenAlerts(business.ctx)).toEqual([]);
  });

  test("because a member disconnected it is no alert", async () => {
    const business = await aConnectedBusiness();
    await disconnectChannel(business.ctx, business.channelId);
    expect(await listOpenAlerts(business.ctx)).toEqual([]);
  });

  test("together with its gateway is told by the watch, with the gateway as the cause", async () => {
    const business = await aConnectedBusiness();
    const { ctx, channelId } = business;
    await phones.setFaults({ down: true });
    await observeConnection(ctx, channelId);
    expect((await business.read()).status).toBe("connecting");
    expect(await queuedJobs("watch-channel")).toContainEqual({ tenantId: ctx.tenantId, channelId });
    // Before its time nothing is told.
    await observeOutage(ctx, channelId);
    expect(await listOpenAlerts(ctx)).toEqual([]);

    await business.change({ statusSince: new Date(Date.now() - 31_000) });
    await observeOutage(ctx, channelId);
    expect(await listOpenAlerts(ctx)).toMatchObject([{ kind: "channel_down", code: "gateway_unreachable" }]);

    await phones.setFaults({ down: false });
    await observeConnection(ctx, channelId);
    expect((await business.read()).status).toBe("connected");
    expect(await listOpenAlerts(ctx)).toEqual([]);
  });
});

describe("drops that heal by themselves", () => {
  test.each([
    ["a storm of connecting", { name: "connecting_storm", count: 60 }],
    ["a tug of war with another session", { name: "disconnect", code: 440 }],
    ["a restart of the socket", { name: "disconnect", code: 515 }],
  ] as const)("%s raises nothing and is a line or two of history", async (_, scenario) => {
    const business = await aConnectedBusiness();
    const before = (await timelineOf(business)).length;
    await phones.scenario({ instance: business.instance, ...scenario });
    await until("open again", async () => (await phones.instance(business.instance)).state === "open");
    await settle(business.instance);
    await business.becomes("connected");
    await settle(business.instance);
    expect(await listOpenAlerts(business.ctx)).toEqual([]);
    const kinds = await timelineOf(business);
    expect(kinds.length - before).toBeLessThanOrEqual(2);
    expect(mails).toEqual([]);
  });

  test("many drops in a row are one line with a count", async () => {
    const business = await aConnectedBusiness();
    const before = (await timelineOf(business)).length;
    for (let drop = 0; drop < 4; drop++) {
      await phones.setLine(business.instance, false);
      await business.becomes("connecting");
      await phones.setLine(business.instance, true);
      await business.becomes("connected");
    }
    const { data } = await listTimeline(business.ctx, business.channelId, PAGE);
    expect(data.length - before).toBe(2);
    expect(data[0]?.kind).toBe("connected");
    expect(data[1]).toMatchObject({ kind: "connection_unstable", data: { count: 4 } });
  });
});

describe("e-mail to the owners", () => {
  async function anAlert(business: Business) {
    await phones.scenario({ instance: business.instance, name: "disconnect", code: 401 });
    await business.becomes("disconnected");
    const [alert] = await listOpenAlerts(business.ctx);
    if (!alert) throw new Error("no alert");
    return alert;
  }

  test("waits a minute, then says number, cause and remedy in each owner's language, once", async () => {
    const business = await aConnectedBusiness();
    await updateProfile(business.user.id, { locale: "pt-BR" });
    const alert = await anAlert(business);
    await drainJobs("mail-alert");
    expect(mails).toEqual([]);
    expect(await queuedJobs("mail-alert")).toContainEqual({
      tenantId: business.ctx.tenantId,
      alertId: alert.id,
    });

    expect(await sendAlertMail(business.ctx, alert.id)).toBe("done");
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    if (!mail) throw new Error("no mail");
    expect(mail.to).toEqual([business.user.email]);
    expect(textOf(mail)).toContain("A sessão foi encerrada no celular");
    expect(textOf(mail)).toContain("Escaneie um novo código com o mesmo celular.");
    expect(textOf(mail)).toContain(`/settings/channels/${business.channelId}`);
    expect(mail.source).toContain("text/html");
    await sendAlertMail(business.ctx, alert.id);
    expect(mails).toHaveLength(1);
    expect((await listOpenAlerts(business.ctx))[0]?.mailedAt).not.toBeNull();
  });

  test("is not sent for what is over by then", async () => {
    const business = await aConnectedBusiness();
    const alert = await anAlert(business);
    await connectChannel(business.ctx, business.channelId);
    await business.scan();
    await sendAlertMail(business.ctx, alert.id);
    expect(mails).toEqual([]);
  });

  test("shows a channel's name as text", async () => {
    const business = await aConnectedBusiness();
    const name = '<b onclick="x()">Ventas & más</b>';
    await inTransaction(business.ctx, (tx) =>
      tx.db.channel.update({ where: { id: business.channelId }, data: { name } }),
    );
    const alert = await anAlert(business);
    await sendAlertMail(business.ctx, alert.id);
    const [mail] = mails;
    if (!mail) throw new Error("no mail");
    expect(textOf(mail)).toContain(name);
    const html = mail.source.slice(mail.source.indexOf("text/html"));
    expect(html).not.toContain("<b onclick");
  });
});

test("one open alert per channel and kind; another cause brings a dismissed one back", async () => {
  const business = await aConnectedBusiness();
  const { ctx, channelId } = business;
  const raise = (code: "disconnect.unknown" | "disconnect.banned") =>
    inTransaction(ctx, (tx) => openAlert(tx, { kind: "channel_down", channelId, code, since: minuteAgo() }));
  await Promise.all([raise("disconnect.unknown"), raise("disconnect.unknown")]);
  const [alert, ...others] = await listOpenAlerts(ctx);
  expect(others).toEqual([]);
  await inTransaction(ctx, (tx) =>
    tx.db.alert.update({ where: { id: alert?.id ?? "" }, data: { dismissedAt: new Date() } }),
  );
  await raise("disconnect.unknown");
  expect((await listOpenAlerts(ctx))[0]?.dismissedAt).not.toBeNull();
  await raise("disconnect.banned");
  expect(await listOpenAlerts(ctx)).toMatchObject([{ code: "disconnect.banned", dismissedAt: null }]);
});
