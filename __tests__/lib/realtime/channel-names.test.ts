import { expect, test } from "vitest";
import { newId } from "#lib/kernel/ids.ts";
import {
  conversationChannel,
  conversationPresenceChannel,
  parseChannelName,
  tenantChannel,
} from "#lib/realtime/channel-names.ts";

const tenantId = newId("tenant");
const conversationId = newId("conversation");

test("the names carry purpose and id", () => {
  expect(tenantChannel(tenantId)).toBe(`private-tenant-${tenantId}`);
  expect(conversationChannel(conversationId)).toBe(`private-conversation-${conversationId}`);
  expect(conversationPresenceChannel(conversationId)).toBe(`presence-conversation-${conversationId}`);
});

test("every name reads back as what it was made from", () => {
  expect(parseChannelName(tenantChannel(tenantId))).toEqual({ kind: "tenant", tenantId });
  expect(parseChannelName(conversationChannel(conversationId))).toEqual({
    kind: "conversation",
    conversationId,
  });
  expect(parseChannelName(conversationPresenceChannel(conversationId))).toEqual({
    kind: "conversation-presence",
    conversationId,
  });
});

test.each([
  "",
  "private-tenant-",
  "private-tenant-tnt_short",
  `private-tenant-${conversationId}`,
  `private-conversation-${tenantId}`,
  `presence-tenant-${tenantId}`,
  `tenant-${tenantId}`,
  `private-tenant-${tenantId} `,
  `private-tenant-${tenantId}-inbox`,
  `x-private-tenant-${tenantId}`,
  `#server-to-user-${newId("user")}`,
])("%j is none of our channels", (name) => {
  expect(parseChannelName(name)).toBeNull();
});

test("the names are legal for Pusher", () => {
  for (const name of [tenantChannel(tenantId), conversationPresenceChannel(conversationId)]) {
    expect(name).toMatch(/^[A-Za-z0-9_\-=@,.;]{1,200}$/);
  }
});
