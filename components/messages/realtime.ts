import type { QueryClient } from "@tanstack/react-query";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";
import { asId } from "#lib/kernel/ids.ts";
import { type ThreadData, upsertMessage } from "./cache.ts";
import type { LocalMessage } from "./local-message.ts";
import { messageKeys } from "./queries.ts";

/** What an event changes in the loaded threads. A thread that is not loaded will be read whole. */
export function applyToThreads(client: QueryClient, event: RealtimeEvent): void {
  switch (event.type) {
    case "message.received":
    case "message.queued":
    case "message.updated": {
      const queryKey = threadOf(event.conversationId);
      const { message } = event;
      // Too large for a frame: the API has it.
      if (message === null) void client.invalidateQueries({ queryKey });
      // A reaction of ours shows on the message it belongs to, which has its own event.
      else if (message.type !== "reaction") putMessage(client, message);
      break;
    }
    case "conversation.merged":
      client.removeQueries({ queryKey: threadOf(event.conversationId) });
      // Anywhere in between: the API has them in order.
      void client.invalidateQueries({ queryKey: threadOf(event.intoId) });
      break;
    case "conversation.split":
      void client.invalidateQueries({ queryKey: threadOf(event.fromId) });
      void client.invalidateQueries({ queryKey: threadOf(event.conversationId) });
      break;
    case "conversation.updated":
    case "channel.updated":
    case "alert.updated":
      break;
  }
}

/** Through the one door, into the thread it belongs to. */
export function putMessage(client: QueryClient, message: LocalMessage): void {
  client.setQueryData<ThreadData>(
    messageKeys.thread(message.conversationId),
    (thread) => thread && upsertMessage(thread, message),
  );
}

function threadOf(conversationId: string) {
  return messageKeys.thread(asId("conversation", conversationId));
}
