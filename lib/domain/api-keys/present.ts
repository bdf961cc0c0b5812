import { asId } from "#lib/kernel/ids.ts";
import type { ApiKey } from "#prisma/generated/client.ts";
import { type ApiKeyView, SCOPES } from "./schema.ts";

export function presentApiKey(row: ApiKey): ApiKeyView {
  return {
    id: asId("apiKey", row.id),
    name: row.name,
    scopes: SCOPES.filter((scope) => row.scopes.includes(scope)),
    hint: row.hint,
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
  };
}
