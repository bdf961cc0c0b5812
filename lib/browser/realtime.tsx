"use client";

import { useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useState,
} from "react";
import type { RealtimeEvent } from "#lib/domain/events/schema.ts";
import type { Changes } from "./event-stream.ts";
import { type ConnectionState, openLiveConnection, type RealtimeConfig } from "./live-connection.ts";
import { replayOverFetches } from "./replay.ts";
import { START_SEQ_KEY } from "./start-seq.ts";
import { useApi, useWorkspace } from "./workspace.tsx";

export type { ConnectionState, RealtimeConfig };

type Listener = (event: RealtimeEvent) => void;
const Listeners = createContext<Set<Listener>>(new Set());
const Connection = createContext<ConnectionState>("connecting");

/** One connection per tab. Features hear of events through `useRealtimeEvents`. */
export function RealtimeProvider({ config, children }: { config: RealtimeConfig; children: ReactNode }) {
  const client = useQueryClient();
  const api = useApi();
  const tenantId = useWorkspace().tenant.id;
  const listeners = useMemo(() => new Set<Listener>(), []);
  const [state, setState] = useState<ConnectionState>("connecting");
  const open = useEffectEvent(() => {
    const tell = (event: RealtimeEvent) => {
      for (const listener of [...listeners]) listener(event);
    };
    const replay = replayOverFetches(client, tell);
    const close = openLiveConnection({
      config,
      tenantId,
      startSeq: client.getQueryData<number>(START_SEQ_KEY) ?? null,
      fetchChanges: (after) => api.get<Changes>("/changes", { query: { after } }),
      apply: (event) => {
        replay.record(event);
        tell(event);
      },
      reset: () => void client.invalidateQueries(),
      onState: setState,
    });
    return () => {
      close();
      replay.stop();
    };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another tenant needs another connection
  useEffect(() => open(), [tenantId]);

  return (
    <Listeners value={listeners}>
      <Connection value={state}>{children}</Connection>
    </Listeners>
  );
}

/** Hears every event of the tenant, once and in order, after the caches of those mounted before. */
export function useRealtimeEvents(listener: Listener): void {
  const listeners = useContext(Listeners);
  const hear = useEffectEvent(listener);
  useEffect(() => {
    const entry: Listener = (event) => hear(event);
    listeners.add(entry);
    return () => {
      listeners.delete(entry);
    };
  }, [listeners]);
}

export function useConnection(): ConnectionState {
  return useContext(Connection);
}
