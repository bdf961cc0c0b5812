import { QueryClient } from "@tanstack/react-query";
import { cache } from "react";
import { pageContext } from "#lib/auth/page-context.ts";
import { START_SEQ_KEY } from "#lib/browser/start-seq.ts";
import { listChanges } from "#lib/domain/events/queries.ts";

/**
 * The number of the last event before anything on this page was read, the same for all its parts. What
 * happens later comes as events: applied twice at worst, never missed.
 */
const startSeq = cache(async (tenantSlug: string) => {
  const { ctx } = await pageContext(tenantSlug);
  return (await listChanges(ctx, undefined)).seq;
});

/** A query cache to fill for one part of the page. */
export async function prefetching(tenantSlug: string) {
  const { ctx } = await pageContext(tenantSlug);
  const client = new QueryClient();
  client.setQueryData(START_SEQ_KEY, await startSeq(tenantSlug));
  return { ctx, client };
}
