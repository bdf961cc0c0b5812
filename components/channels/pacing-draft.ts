import { DEFAULT_PACING, type PacingSettings, UpdatePacing } from "#lib/domain/pacing/schema.ts";

/** The settings as the form's fields hold them; what is switched off keeps its value for switching on again. */
export type PacingDraft = {
  limited: boolean;
  perMinute: string;
  firstContactsPerDay: string;
  warmUp: boolean;
  quiet: boolean;
  quietFrom: string;
  quietTo: string;
};

export function pacingDraft(settings: PacingSettings): PacingDraft {
  return {
    limited: settings.perMinute !== null,
    perMinute: String(settings.perMinute ?? DEFAULT_PACING.perMinute),
    firstContactsPerDay: String(settings.firstContactsPerDay),
    warmUp: settings.warmUp,
    quiet: settings.quietHours !== null,
    quietFrom: settings.quietHours?.from ?? "21:00",
    quietTo: settings.quietHours?.to ?? "09:00",
  };
}

export function isSameDraft(one: PacingDraft, other: PacingDraft): boolean {
  return JSON.stringify(pacingUpdate(one).raw) === JSON.stringify(pacingUpdate(other).raw);
}

type Wrong = Partial<Record<"perMinute" | "firstContactsPerDay" | "quietHours", true>>;

/** What to send, or which fields are wrong. */
export function pacingUpdate(draft: PacingDraft): { raw: object; input?: UpdatePacing; wrong: Wrong } {
  const raw = draft.limited
    ? {
        perMinute: numberOf(draft.perMinute),
        firstContactsPerDay: numberOf(draft.firstContactsPerDay),
        warmUp: draft.warmUp,
        quietHours: draft.quiet ? { from: draft.quietFrom, to: draft.quietTo } : null,
      }
    : { perMinute: null };
  const parsed = UpdatePacing.safeParse(raw);
  if (parsed.success) return { raw, input: parsed.data, wrong: {} };
  const wrong: Wrong = {};
  for (const { path } of parsed.error.issues) {
    const [field] = path;
    if (field === "perMinute" || field === "firstContactsPerDay" || field === "quietHours")
      wrong[field] = true;
  }
  return { raw, wrong };
}

/** An empty field is not zero. */
function numberOf(text: string): number | string {
  return text.trim() === "" ? text : Number(text);
}
