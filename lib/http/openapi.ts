import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import { ApiKeyView, CreateApiKey, SCOPES } from "#lib/domain/api-keys/schema.ts";
import {
  CHANNEL_STATUSES,
  ChannelQr,
  ChannelView,
  ConnectChannel,
  CreateChannel,
  TimelineEntry,
  UpdateChannel,
} from "#lib/domain/channels/schema.ts";
import {
  ConversationView,
  ListConversations,
  OpenConversation,
  UpdateConversation,
} from "#lib/domain/conversations/schema.ts";
import { EditMessage, MessageView, SendMessage, SendToPhone } from "#lib/domain/messages/schema.ts";
import { RealtimeEvent } from "#lib/domain/events/schema.ts";
import { Register, Registered } from "#lib/domain/tenants/schema.ts";
import { ERROR_CODES, ERRORS } from "#lib/kernel/errors.ts";
import { idSchema } from "#lib/kernel/id-schema.ts";
import type { IdKind } from "#lib/kernel/ids.ts";
import { PageQuery } from "#lib/kernel/page-schema.ts";
import packageJson from "#package.json" with { type: "json" };

/**
 * The public API as OpenAPI 3.1, from the very schemas the routes parse and answer with. The browser's
 * own routes (me, api-keys of a session) are in it too; __tests__/app/api/openapi.test.ts holds it
 * against the route files.
 */
const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(ERROR_CODES),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
    retryAfter: z.number().int().optional().meta({ description: "Seconds to wait." }),
  })
  .meta({ id: "Problem", description: `RFC 9457. ${describeCodes()}` });

function describeCodes(): string {
  return `Codes and their status: ${ERROR_CODES.map((code) => `${code} ${ERRORS[code].status}`).join(", ")}.`;
}

type Operation = {
  summary: string;
  id?: IdKind;
  query?: z.ZodObject;
  body?: z.ZodType;
  idempotent?: boolean;
  scope: (typeof SCOPES)[number] | "any" | "session" | "nobody";
  answer: z.ZodType | null;
  created?: boolean;
};

const json = (schema: z.ZodType) => ({ content: { "application/json": { schema } } });
const pageOf = (item: z.ZodType) => z.object({ data: z.array(item), next: z.string().nullable() });

function operation(spec: Operation): ZodOpenApiOperationObject {
  const success =
    spec.answer === null
      ? { "204": { description: "Done" } }
      : { [spec.created ? "201" : "200"]: { description: "Success", ...json(spec.answer) } };
  return {
    summary: spec.summary,
    ...(spec.scope !== "session" &&
      spec.scope !== "nobody" &&
      spec.scope !== "any" && { description: `Scope: \`${spec.scope}\`` }),
    security: securityOf(spec.scope),
    requestParams: {
      ...(spec.id && { path: z.object({ id: idSchema(spec.id) }) }),
      ...(spec.query && { query: spec.query }),
      ...(spec.idempotent && { header: z.object({ "Idempotency-Key": z.string().max(200).optional() }) }),
    },
    ...(spec.body && { requestBody: { required: true, ...json(spec.body) } }),
    responses: {
      ...success,
      default: {
        description: "What went wrong",
        content: { "application/problem+json": { schema: Problem } },
      },
    },
  };
}

function securityOf(scope: Operation["scope"]): Record<string, string[]>[] {
  if (scope === "nobody") return [];
  return scope === "session" ? [{ session: [] }] : [{ session: [] }, { apiKey: [] }];
}

const Channel = ChannelView.meta({ id: "Channel" });
const Conversation = ConversationView.meta({ id: "Conversation" });
const Message = MessageView.meta({ id: "Message" });

const PATHS: ZodOpenApiPathsObject = {
  "/api/v1/register": {
    post: operation({
      summary: "Register a business, its owner and its WhatsApp channel",
      body: Register,
      scope: "nobody",
      answer: Registered,
      created: true,
    }),
  },
  "/api/v1/channels": {
    get: operation({ summary: "All channels", scope: "channels:read", answer: pageOf(Channel) }),
    post: operation({
      summary: "Add a WhatsApp number",
      body: CreateChannel,
      idempotent: true,
      scope: "channels:write",
      answer: Channel,
      created: true,
    }),
  },
  "/api/v1/channels/{id}": {
    get: operation({ summary: "One channel", id: "channel", scope: "channels:read", answer: Channel }),
    patch: operation({
      summary: "Rename a channel",
      id: "channel",
      body: UpdateChannel,
      scope: "channels:write",
      answer: Channel,
    }),
    delete: operation({
      summary: "Delete a channel with its chats",
      id: "channel",
      scope: "channels:write",
      answer: null,
    }),
  },
  "/api/v1/channels/{id}/qr": {
    get: operation({
      summary: "The QR code to scan now",
      id: "channel",
      scope: "channels:read",
      answer: z.object({ status: z.enum(CHANNEL_STATUSES), qr: ChannelQr.nullable() }),
    }),
  },
  "/api/v1/channels/{id}/connect": {
    post: operation({
      summary: "Connect, by QR code or pairing code",
      id: "channel",
      body: ConnectChannel,
      scope: "channels:write",
      answer: Channel,
    }),
  },
  "/api/v1/channels/{id}/disconnect": {
    post: operation({
      summary: "Log the number out",
      id: "channel",
      scope: "channels:write",
      answer: Channel,
    }),
  },
  "/api/v1/channels/{id}/restart": {
    post: operation({
      summary: "Restart the connection",
      id: "channel",
      scope: "channels:write",
      answer: Channel,
    }),
  },
  "/api/v1/channels/{id}/timeline": {
    get: operation({
      summary: "What happened to the connection",
      id: "channel",
      query: PageQuery,
      scope: "channels:read",
      answer: pageOf(TimelineEntry),
    }),
  },
  "/api/v1/conversations": {
    get: operation({
      summary: "Conversations, newest first",
      query: ListConversations,
      scope: "conversations:read",
      answer: pageOf(Conversation),
    }),
    post: operation({
      summary: "Open the conversation with a phone number",
      body: OpenConversation,
      idempotent: true,
      scope: "conversations:write",
      answer: Conversation,
      created: true,
    }),
  },
  "/api/v1/conversations/{id}": {
    get: operation({
      summary: "One conversation",
      id: "conversation",
      scope: "conversations:read",
      answer: Conversation,
    }),
    patch: operation({
      summary: "Close or reopen",
      id: "conversation",
      body: UpdateConversation,
      scope: "conversations:write",
      answer: Conversation,
    }),
  },
  "/api/v1/conversations/{id}/messages": {
    get: operation({
      summary: "Messages, newest first",
      id: "conversation",
      query: PageQuery,
      scope: "messages:read",
      answer: pageOf(Message),
    }),
    post: operation({
      summary: "Send a message",
      id: "conversation",
      body: SendMessage,
      idempotent: true,
      scope: "messages:write",
      answer: Message,
      created: true,
    }),
  },
  "/api/v1/conversations/{id}/read": {
    post: operation({
      summary: "Mark as read",
      id: "conversation",
      scope: "conversations:write",
      answer: Conversation,
    }),
  },
  "/api/v1/messages": {
    post: operation({
      summary: "Send a message to a phone number",
      body: SendToPhone,
      idempotent: true,
      scope: "messages:write",
      answer: Message,
      created: true,
    }),
  },
  "/api/v1/messages/{id}": {
    get: operation({ summary: "One message", id: "message", scope: "messages:read", answer: Message }),
    patch: operation({
      summary: "Edit a message of yours on WhatsApp, within 15 minutes",
      id: "message",
      body: EditMessage,
      scope: "messages:write",
      answer: Message,
    }),
    delete: operation({
      summary: "Delete a message of yours for everyone",
      id: "message",
      scope: "messages:write",
      answer: Message,
    }),
  },
  "/api/v1/messages/{id}/retry": {
    post: operation({
      summary: "Send a failed or unconfirmed message again",
      id: "message",
      scope: "messages:write",
      answer: Message,
    }),
  },
  "/api/v1/api-keys": {
    get: operation({ summary: "API keys", scope: "session", answer: pageOf(ApiKeyView) }),
    post: operation({
      summary: "Make an API key, shown once",
      body: CreateApiKey,
      scope: "session",
      answer: ApiKeyView.extend({ key: z.string() }),
      created: true,
    }),
  },
  "/api/v1/api-keys/{id}": {
    delete: operation({ summary: "Revoke an API key", id: "apiKey", scope: "session", answer: null }),
  },
  "/api/v1/changes": {
    get: operation({
      summary: "What happened after a sequence number, for clients of the realtime events",
      query: z.object({ after: z.coerce.number().int().min(0).optional() }),
      scope: "conversations:read",
      answer: z.object({ data: z.array(RealtimeEvent), seq: z.number().int(), reset: z.boolean() }),
    }),
  },
};

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
    paths: PATHS,
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
