import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { replayOverFetches } from "#lib/browser/replay.ts";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";

const event: RealtimeEvent = {
  type: "conversation.updated",
  seq: 1,
  conversationId: "cnv_1",
  conversation: null,
};

function aClient() {
  const client = new QueryClient();
  let applied = 0;
  const apply = () => {
    applied += 1;
    client.setQueryData<string[]>(["list"], (list) => list && [...new Set([...list, "event"])]);
  };
  const replay = replayOverFetches(client, apply);
  return {
    client,
    replay,
    applied: () => applied,
    happen: () => {
      replay.record(event);
      apply();
    },
  };
}

test("an answer that was read before an event does not undo it", async () => {
  const { client, happen } = aClient();
  client.setQueryData(["list"], ["old"]);
  let answer = (_: string[]) => {};
  const fetched = client.fetchQuery({
    queryKey: ["list"],
    queryFn: () =>
      new Promise<string[]>((resolve) => {
        answer = resolve;
      }),
  });
  happen();
  answer(["read before the event"]);
  await fetched;
  expect(client.getQueryData(["list"])).toEqual(["read before the event", "event"]);
});

test("an event from before the loading began is not applied again", async () => {
  const { client, happen, applied } = aClient();
  client.setQueryData(["list"], ["old"]);
  happen();
  await client.fetchQuery({ queryKey: ["list"], queryFn: async () => ["new"] });
  expect(applied()).toBe(1);
  expect(client.getQueryData(["list"])).toEqual(["new"]);
});
