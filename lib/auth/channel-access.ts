import { getConversation } from "#lib/domain/conversations/queries.ts";
import { AppError } from "#lib/kernel/errors.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { parseChannelName } from "#lib/realtime/channel-names.ts";
import { memberContext, type RequestAuth } from "./request-context.ts";
import type { Membership, SignedInUser } from "./system.ts";

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
      await memberIn(auth.signedIn, channel.conversationId);
      return null;
    case "conversation-presence": {
      const { memberId, name } = await memberIn(auth.signedIn, channel.conversationId);
      return { user_id: memberId, user_info: { name } };
    }
  }
}

/** The membership that lets the person see this conversation. */
async function memberIn(signedIn: SignedInUser, id: ConversationId): Promise<Membership> {
  for (const membership of signedIn.memberships) {
    const found = await getConversation(memberContext(signedIn, membership), id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === "not_found") return null;
      throw error;
    });
    if (found) return membership;
  }
  throw new AppError("not_found");
}
