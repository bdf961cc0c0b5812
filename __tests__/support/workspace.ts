import { createApiKey } from "#lib/domain/api-keys/create-api-key.ts";
import { SCOPES, type Scope } from "#lib/domain/api-keys/schema.ts";
import { anInbox } from "#prisma/factories/inbox.ts";
import { aMember } from "#prisma/factories/tenant.ts";
import { sessionOf } from "./api.ts";

/** A business with a chat, and the headers by which its people and programs are known. */
export async function aWorkspace() {
  const inbox = await anInbox();
  const keyOf = async (...scopes: Scope[]) => {
    const { key } = await createApiKey(inbox.ctx, {
      name: "Programa",
      scopes: scopes.length > 0 ? scopes : [...SCOPES],
    });
    return { authorization: `Bearer ${key}` };
  };
  const agentOf = async () => sessionOf((await aMember(inbox.tenantId, "agent")).userId);
  return { ...inbox, owner: await sessionOf(inbox.userId), keyOf, agentOf };
}
