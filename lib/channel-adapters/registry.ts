import type { ChannelAdapter, ChannelKind } from "./contract.ts";
import { evolutionAdapter } from "./evolution/adapter.ts";

/** The adapter of a channel's kind. The one place that knows which kinds there are. */
export function adapterFor(kind: ChannelKind): ChannelAdapter {
  switch (kind) {
    case "evolution":
      return evolutionAdapter;
    case "cloud":
      throw new Error("no channel of kind cloud can be created yet");
  }
}
