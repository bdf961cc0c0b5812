import type { QueryClient } from "@tanstack/react-query";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";
import type { Page } from "#lib/kernel/page-schema.ts";
import { newerOf, removeChannel, upsertChannel } from "./cache.ts";
import { channelKeys } from "./queries.ts";

/** The one door for answers and events alike. */
export function storeChannel(client: QueryClient, channel: ChannelView): void {
  client.setQueryData<ChannelView>(channelKeys.detail(channel.id), (known) => newerOf(known, channel));
  client.setQueryData<Page<ChannelView>>(channelKeys.list(), (list) => upsertChannel(list, channel));
}

export function forgetChannel(client: QueryClient, channelId: string): void {
  client.setQueryData<Page<ChannelView>>(channelKeys.list(), (list) => removeChannel(list, channelId));
  client.removeQueries({ queryKey: channelKeys.timeline(channelId) });
}

/** A channel that does not fit into a frame, or is gone, is asked for. */
export function applyChannelEvent(client: QueryClient, event: RealtimeEvent): void {
  if (event.type !== "channel.updated") return;
  if (event.channel) storeChannel(client, event.channel);
  else {
    void client.invalidateQueries({ queryKey: channelKeys.list() });
    void client.invalidateQueries({ queryKey: channelKeys.detail(event.channelId) });
  }
  void client.invalidateQueries({ queryKey: channelKeys.timeline(event.channelId) });
  void client.invalidateQueries({ queryKey: channelKeys.pacing(event.channelId) });
}
