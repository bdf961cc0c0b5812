import type { GapView } from "#lib/domain/gaps/schema.ts";

const END = "end";

/**
 * Which message each gap stands above: the first one after its beginning; `end` holds those that
 * nothing follows. Gaps older than what is loaded show once that is.
 */
export function placeGaps(
  gaps: readonly GapView[],
  messages: readonly { id: string; sentAt: string }[],
  reachesBeginning: boolean,
): ReadonlyMap<string, GapView[]> {
  const places = new Map<string, GapView[]>();
  const first = messages[0];
  for (const gap of gaps) {
    if (first && !reachesBeginning && gap.to < first.sentAt) continue;
    const place = messages.find(({ sentAt }) => sentAt >= gap.from)?.id ?? END;
    places.set(place, [...(places.get(place) ?? []), gap]);
  }
  return places;
}

export function gapsAtEnd(places: ReadonlyMap<string, GapView[]>): readonly GapView[] {
  return places.get(END) ?? [];
}
