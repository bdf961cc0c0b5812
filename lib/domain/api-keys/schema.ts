import { z } from "zod";
import { idSchema, Moment } from "#lib/kernel/id-schema.ts";
import { storableText } from "#lib/kernel/text-schema.ts";

/** What an API key may do. `read` scopes allow GET, `write` scopes the rest, of one noun. */
export const SCOPES = [
  "conversations:read",
  "conversations:write",
  "messages:read",
  "messages:write",
  "channels:read",
  "channels:write",
  "contacts:read",
  "contacts:write",
  "events:read",
  "events:write",
] as const;
export type Scope = (typeof SCOPES)[number];

export const CreateApiKey = z.strictObject({
  name: storableText().trim().min(1).max(80),
  scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length),
});
export type CreateApiKey = z.infer<typeof CreateApiKey>;

export const ApiKeyView = z.object({
  id: idSchema("apiKey"),
  name: z.string(),
  scopes: z.array(z.enum(SCOPES)),
  /** Last four characters. */
  hint: z.string(),
  createdAt: Moment,
  lastUsedAt: Moment.nullable(),
});
export type ApiKeyView = z.infer<typeof ApiKeyView>;
