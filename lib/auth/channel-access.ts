import { getConversation } from "#lib/domain/conversations/queries.ts";
import { AppError } from "#lib/kernel/errors.ts";
import { parseChannelName } from "#lib/realtime/channel-names.ts";
import type { RequestAuth } from "./request-context.ts";

/**
 * Who may join which realtime channel; throws for everyone else. A tab names no tenant here, so any
 * of the person's workspaces will do. Returns what others see of a member on a presence channel.
 */
export async function assertMayJoin(
  auth: RequestAuth,
  name: string,
): Promise<{ user_id: string; user_info: { name: string } } | null> {
  const channel = parseChannelName(name);
  if (!channel || auth.kind !== "session") throw new AppError("forbidden");
  switch (channel.kind) {
    case "tenant":
      if (auth.signedIn.memberships.some(({ tenant }) => tenant.id === channel.tenantId)) return null;
      throw new AppError("not_found");
    case "conversation":
      await getConversation(auth.ctx, channel.conversationId);
      return null;
    case "conversation-presence":
      await getConversation(auth.ctx, channel.conversationId);
      return { user_id: auth.membership.memberId, user_info: { name: auth.membership.name } };
  }
}
