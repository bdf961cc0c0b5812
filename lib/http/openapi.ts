import { createDocument } from "zod-openapi";
import { SCOPES } from "#lib/domain/api-keys/schema.ts";
import packageJson from "#package.json" with { type: "json" };
import { CHANNEL_PATHS } from "./openapi-channels.ts";
import { CONVERSATION_PATHS } from "./openapi-conversations.ts";
import { WORKSPACE_PATHS } from "./openapi-workspace.ts";

/**
 * The public API as OpenAPI 3.1, from the very schemas the routes parse and answer with. The browser's
 * own routes (me, api-keys of a session) are in it too; __tests__/app/api/openapi.test.ts holds it
 * against the route files.
 */
export function openApiDocument(serverUrl: string) {
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Recado",
      version: packageJson.version,
      license: { name: "MIT" },
      description:
        "A WhatsApp inbox for teams. Ids are prefixed and sort by time; times are ISO 8601 in UTC; lists are cursor pages; unknown fields are refused.",
    },
    servers: [{ url: serverUrl }],
    paths: { ...WORKSPACE_PATHS, ...CHANNEL_PATHS, ...CONVERSATION_PATHS },
    components: {
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: `An API key. Scopes: ${SCOPES.join(", ")}.` },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "next-auth.session-token",
          description: "The browser's session.",
        },
      },
    },
  });
}
