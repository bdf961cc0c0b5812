import { z } from "zod";
import type { ApiKeyId } from "#lib/kernel/ids.ts";

/** What an API key may do. `read` scopes allow GET, `write` scopes the rest, of one noun. */
export const SCOPES = [
  "conversations:read",
  "conversations:write",
  "messages:read",
  "messages:write",
  "channels:read",
  "channels:write",
  "contacts:read",
  "events:read",
] as const;
export type Scope = (typeof SCOPES)[number];

export const CreateApiKey = z.strictObject({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

export type ApiKeyView = {
  id: ApiKeyId;
  name: string;
  scopes: Scope[];
  /** Last four characters. */
  hint: string;
  createdAt: string;
  lastUsedAt: string | null;
};
