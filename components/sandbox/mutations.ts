"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Api } from "#lib/browser/api.ts";
import { useApi } from "#lib/browser/workspace.tsx";
import type {
  ChangeFaults,
  CustomerTyping,
  PlayScenario,
  SandboxFaults,
  SandboxState,
  ScanCode,
  ShownMessage,
  WriteAsCustomer,
} from "#lib/domain/sandbox/schema.ts";
import { sandboxKeys } from "./queries.ts";

/** Everything one can do to one number's outside world; for buttons and scripts alike. */
export function sandboxActions(api: Api, channelId: string) {
  const channel = `/sandbox/channels/${channelId}`;
  const chat = (phone: string) => `${channel}/chats/${phone}`;
  return {
    scan: (input: ScanCode) => api.post(`${channel}/scan`, input),
    logout: () => api.post(`${channel}/logout`),
    play: (scenario: PlayScenario) => api.post(`${channel}/scenario`, scenario),
    write: (phone: string, message: WriteAsCustomer) =>
      api.post<ShownMessage>(`${chat(phone)}/messages`, message),
    read: (phone: string, played = false) => api.post(`${chat(phone)}/read`, { played }),
    typing: (phone: string, presence: CustomerTyping["presence"]) =>
      api.post(`${chat(phone)}/presence`, { presence }),
    online: (phone: string, online: boolean) => api.post(`${chat(phone)}/online`, { online }),
    faults: (change: ChangeFaults) => api.patch<SandboxFaults>("/sandbox/faults", change),
  };
}
export type SandboxActions = ReturnType<typeof sandboxActions>;

export function useSandboxActions(channelId: string): SandboxActions {
  const api = useApi();
  return useMemo(() => sandboxActions(api, channelId), [api, channelId]);
}

/** Runs an action and looks at once what it has changed. */
export function useSandboxMutation<Input>(run: (input: Input) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: run,
    onSettled: () => client.invalidateQueries({ queryKey: sandboxKeys.all }),
  });
}

function withChange(faults: SandboxFaults, change: ChangeFaults): SandboxFaults {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  return { ...faults, ...given };
}

/** Faults show at once and go back when the gateway did not take them. */
export function useChangeFaults(channelId: string) {
  const client = useQueryClient();
  const { faults } = useSandboxActions(channelId);
  const key = sandboxKeys.state(channelId);
  return useMutation({
    mutationFn: faults,
    onMutate: async (change) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData<SandboxState>(key);
      if (before)
        client.setQueryData<SandboxState>(key, { ...before, faults: withChange(before.faults, change) });
      return { before };
    },
    onError: (_error, _change, context) => client.setQueryData(key, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey: key }),
  });
}
