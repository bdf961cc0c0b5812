import type { ConversationView } from "#lib/domain/conversations/schema.ts";

export const CONVERSATION_TABS = ["all", "unread", "open", "closed"] as const;
export type ConversationTab = (typeof CONVERSATION_TABS)[number];

/** What a list shows; it stands in the URL. `q` is trimmed, empty for no search. */
export type ConversationFilter = { tab: ConversationTab; q: string };

export const UNREAD: ConversationFilter = { tab: "unread", q: "" };

export function filterFromUrl(params: { get: (name: string) => string | null }): ConversationFilter {
  const tab = CONVERSATION_TABS.find((name) => name === params.get("tab")) ?? "all";
  return { tab, q: (params.get("q") ?? "").trim().slice(0, 100) };
}

/** `?tab=open&q=ana`, or nothing for all conversations. */
export function filterToUrl({ tab, q }: ConversationFilter): string {
  const params = new URLSearchParams();
  if (tab !== "all") params.set("tab", tab);
  if (q !== "") params.set("q", q);
  const query = params.toString();
  return query === "" ? "" : `?${query}`;
}

/** A generous guess whether a search finds this contact, to spare asking the server about every message. */
export function mayMatch(q: string, { contact }: Pick<ConversationView, "contact">): boolean {
  const digits = q.replace(/\D/g, "");
  if (digits !== "" && contact.phone?.includes(digits.slice(-4))) return true;
  const names = plain(`${contact.name ?? ""} ${contact.profileName ?? ""}`);
  return plain(q)
    .split(/\s+/u)
    .some((word) => names.includes(word));
}

function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
