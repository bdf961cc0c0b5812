import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { AppError } from "#lib/kernel/errors.ts";

const FRESH_MS = 60_000;
const ATTEMPTS_MAX = 3;
const WAIT_MS_MAX = 15_000;

/**
 * Realtime events keep the cache true, so queries are refetched rarely. Only what may heal by itself is
 * tried again, and not before the server's Retry-After. `onSessionEnd` is told when the session is gone.
 */
export function createQueryClient(onSessionEnd: () => void = () => {}): QueryClient {
  const watch = (error: Error) => {
    if (error instanceof AppError && error.code === "unauthenticated") onSessionEnd();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        networkMode: "always",
        retry: (failures, error) => failures < ATTEMPTS_MAX && error instanceof AppError && error.retryable,
        retryDelay: waitBeforeRetry,
      },
      // Not held back while offline: a send that cannot leave must say so at once.
      mutations: { networkMode: "always", retry: false },
    },
  });
}

export function waitBeforeRetry(failures: number, error: Error): number {
  const asked = error instanceof AppError ? (error.retryAfterS ?? 0) * 1000 : 0;
  return Math.max(asked, Math.min(1000 * 2 ** failures, WAIT_MS_MAX));
}
