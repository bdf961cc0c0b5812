import "#__tests__/support/database.ts";
import { expect, test } from "vitest";
import { call, sessionOf } from "#__tests__/support/api.ts";
import { POST as dismiss } from "#app/api/v1/alerts/[id]/dismiss/route.ts";
import { GET as listAlerts } from "#app/api/v1/alerts/route.ts";
import { GET as listGaps } from "#app/api/v1/conversations/[id]/gaps/route.ts";
import { openAlert } from "#lib/domain/alerts/open-alert.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { newId } from "#lib/kernel/ids.ts";
import { anInbox } from "#prisma/factories/inbox.ts";
import { aMember } from "#prisma/factories/tenant.ts";

const since = new Date("2026-11-20T10:00:00.000Z");
const ORIGIN = { origin: "http://127.0.0.1:3000" };

async function aTroubledInbox() {
  const inbox = await anInbox();
  const channelId = inbox.channel.id;
  await inTransaction(inbox.ctx, async (tx) => {
    await openAlert(tx, { kind: "channel_down", channelId, code: "disconnect.banned", since });
    await tx.db.gap.create({
      data: {
        id: newId("gap"),
        conversationId: inbox.conversation.id,
        from: since,
        to: new Date(since.getTime() + 2_400_000),
        reason: "record_lost",
      },
    });
  });
  return { ...inbox, session: await sessionOf(inbox.userId) };
}

test("open alerts name the number, the cause and since when; the owner dismisses them", async () => {
  const { channel, session, tenantId } = await aTroubledInbox();
  const { status, body } = await call(listAlerts, { headers: session });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    data: [
      {
        kind: "channel_down",
        channelId: channel.id,
        channelName: channel.name,
        phone: channel.phone,
        code: "disconnect.banned",
        since: since.toISOString(),
        dismissedAt: null,
      },
    ],
    next: null,
  });
  const id: string = body.data[0].id;
  const asked = { method: "POST", params: { id }, body: {} } as const;
  const agent = await sessionOf((await aMember(tenantId, "agent")).userId);
  expect((await call(dismiss, { ...asked, headers: { ...agent, ...ORIGIN } })).status).toBe(403);
  const answer = await call(dismiss, { ...asked, headers: { ...session, ...ORIGIN } });
  expect(answer).toMatchObject({ status: 200, body: { id, dismissedAt: expect.any(String) } });
});

test("another business sees neither alerts nor gaps", async () => {
  const { conversation, session } = await aTroubledInbox();
  const other = await sessionOf((await anInbox()).userId);
  const { body } = await call(listAlerts, { headers: session });
  const params = { id: conversation.id };
  expect((await call(listGaps, { params, headers: session })).body.data).toMatchObject([
    { conversationId: conversation.id, from: since.toISOString(), reason: "record_lost" },
  ]);
  expect((await call(listGaps, { params, headers: other })).status).toBe(404);
  expect((await call(listAlerts, { headers: other })).body.data).toEqual([]);
  const hidden = { method: "POST", params: { id: body.data[0].id }, body: {} } as const;
  expect((await call(dismiss, { ...hidden, headers: { ...other, ...ORIGIN } })).status).toBe(404);
});
