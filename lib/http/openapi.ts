import { z } from "zod";
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from "zod-openapi";
import { AlertView } from "#lib/domain/alerts/schema.ts";
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
  ContactMergeView,
  ContactView,
  ListContacts,
  ListGroups,
  MergeContact,
  UpdateContact,
  UpdateGroup,
} from "#lib/domain/contacts/schema.ts";
import {
  ConversationView,
  ListConversations,
  OpenConversation,
  UpdateConversation,
} from "#lib/domain/conversations/schema.ts";
import { RealtimeEvent } from "#lib/domain/events/schema.ts";
import { GapView } from "#lib/domain/gaps/schema.ts";
import {
  InboundEventCount,
  InboundEventDetail,
  InboundEventFilter,
  InboundEventPage,
  ListInboundEvents,
  Replayed,
  ReplayInboundEvents,
} from "#lib/domain/inbound-events/schema.ts";
import { ServeMedia, ServeThumbnail, UploadFields } from "#lib/domain/media/schema.ts";
import {
  EditMessage,
  MediaView,
  MessageView,
  SendMessage,
  SendToPhone,
} from "#lib/domain/messages/schema.ts";
import { PacingView, UpdatePacing } from "#lib/domain/pacing/schema.ts";
import { Register, Registered, TenantSettings, UpdateTenant } from "#lib/domain/tenants/schema.ts";
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
  path?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The fields of a form that also carries a `file`. */
  form?: z.ZodObject;
  idempotent?: boolean;
  scope: (typeof SCOPES)[number] | "any" | "session" | "nobody";
  /** `file`: the bytes of one, whole or in a range; `image/*`: a picture. */
  answer: z.ZodType | "file" | "image/*" | null;
  created?: boolean;
};

const json = (schema: z.ZodType) => ({ content: { "application/json": { schema } } });
const BINARY = { type: "string", format: "binary" } as const;
const form = (fields: z.ZodObject) => ({
  content: {
    "multipart/form-data": { schema: fields.extend({ file: z.unknown().meta({ override: BINARY }) }) },
  },
});
const pageOf = (item: z.ZodType) => z.object({ data: z.array(item), next: z.string().nullable() });

function operation(spec: Operation): ZodOpenApiOperationObject {
  return {
    summary: spec.summary,
    ...(spec.scope !== "session" &&
      spec.scope !== "nobody" &&
      spec.scope !== "any" && { description: `Scope: \`${spec.scope}\`` }),
    security: securityOf(spec.scope),
    requestParams: {
      ...(spec.id && { path: z.object({ id: idSchema(spec.id) }) }),
      ...(spec.path && { path: spec.path }),
      ...(spec.query && { query: spec.query }),
      ...(spec.idempotent && { header: z.object({ "Idempotency-Key": z.string().max(200).optional() }) }),
    },
    ...(spec.body && { requestBody: { required: true, ...json(spec.body) } }),
    ...(spec.form && { requestBody: { required: true, ...form(spec.form) } }),
    responses: {
      ...success(spec),
      default: {
        description: "What went wrong",
        content: { "application/problem+json": { schema: Problem } },
      },
    },
  };
}

function success({ answer, created }: Operation): ZodOpenApiResponsesObject {
  if (answer === null) return { "204": { description: "Done" } };
  if (answer === "image/*")
    return { "200": { description: "The picture", content: { "image/*": { schema: BINARY } } } };
  if (answer !== "file") return { [created ? "201" : "200"]: { description: "Success", ...json(answer) } };
  const content = { "*/*": { schema: BINARY } };
  return {
    "200": { description: "The file", content },
    "206": { description: "The range that was asked for", content },
    "304": { description: "Not changed" },
    "416": { description: "The file has no such range" },
  };
}

function securityOf(scope: Operation["scope"]): Record<string, string[]>[] {
  if (scope === "nobody") return [];
  return scope === "session" ? [{ session: [] }] : [{ session: [] }, { apiKey: [] }];
}

const Channel = ChannelView.meta({ id: "Channel" });
const Conversation = ConversationView.meta({ id: "Conversation" });
const Contact = ContactView.meta({ id: "Contact" });
const Message = MessageView.meta({ id: "Message" });
const Pacing = PacingView.meta({ id: "Pacing" });

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
  "/api/v1/channels/{id}/pacing": {
    get: operation({
      summary: "How fast a channel sends, and today's budget",
      id: "channel",
      scope: "channels:read",
      answer: Pacing,
    }),
    patch: operation({
      summary: "Change how fast a channel sends",
      id: "channel",
      body: UpdatePacing,
      scope: "channels:write",
      answer: Pacing,
    }),
  },
  "/api/v1/channels/{id}/resume": {
    post: operation({
      summary: "Send again after a stop on signs of a restriction",
      id: "channel",
      scope: "channels:write",
      answer: Pacing,
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
  "/api/v1/conversations/{id}/gaps": {
    get: operation({
      summary: "Stretches of time in which messages may be missing",
      id: "conversation",
      scope: "messages:read",
      answer: pageOf(GapView),
    }),
  },
  "/api/v1/alerts": {
    get: operation({
      summary: "What is wrong with the numbers now",
      scope: "channels:read",
      answer: pageOf(AlertView),
    }),
  },
  "/api/v1/alerts/{id}/dismiss": {
    post: operation({
      summary: "Hide an alert's banner; the alert ends when its cause does",
      id: "alert",
      scope: "channels:write",
      answer: AlertView,
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
  "/api/v1/contacts": {
    get: operation({
      summary: "People, newest first, by name or phone",
      query: ListContacts,
      scope: "contacts:read",
      answer: pageOf(Contact),
    }),
  },
  "/api/v1/contacts/{id}": {
    get: operation({ summary: "One contact", id: "contact", scope: "contacts:read", answer: Contact }),
    patch: operation({
      summary: "Name a contact",
      id: "contact",
      body: UpdateContact,
      scope: "contacts:write",
      answer: Contact,
    }),
  },
  "/api/v1/contacts/{id}/picture": {
    get: operation({
      summary: "The contact's picture",
      id: "contact",
      scope: "contacts:read",
      answer: "image/*",
    }),
  },
  "/api/v1/contacts/{id}/merge": {
    post: operation({
      summary: "Both are one person: the older contact remains",
      id: "contact",
      body: MergeContact,
      idempotent: true,
      scope: "contacts:write",
      answer: ContactMergeView,
      created: true,
    }),
  },
  "/api/v1/contacts/{id}/merges": {
    get: operation({
      summary: "What was merged into a contact",
      id: "contact",
      query: PageQuery,
      scope: "contacts:read",
      answer: pageOf(ContactMergeView),
    }),
  },
  "/api/v1/contacts/{id}/merges/{mergeId}/undo": {
    post: operation({
      summary: "Take a merge back: answers the restored contact",
      path: z.object({ id: idSchema("contact"), mergeId: idSchema("merge") }),
      scope: "contacts:write",
      answer: Contact,
    }),
  },
  "/api/v1/groups": {
    get: operation({
      summary: "Groups of a channel, shown in the inbox or not",
      query: ListGroups,
      scope: "conversations:read",
      answer: pageOf(Conversation),
    }),
  },
  "/api/v1/groups/{id}": {
    patch: operation({
      summary: "Show a group in the inbox, or hide it",
      id: "conversation",
      body: UpdateGroup,
      scope: "conversations:write",
      answer: Conversation,
    }),
  },
  "/api/v1/media": {
    post: operation({
      summary: "Upload a file to send; unsent ones go after a day",
      form: UploadFields,
      scope: "messages:write",
      answer: MediaView,
      created: true,
    }),
  },
  "/api/v1/media/{id}": {
    get: operation({
      summary: "The file of a message",
      id: "media",
      query: ServeMedia,
      scope: "messages:read",
      answer: "file",
    }),
  },
  "/api/v1/media/{id}/thumbnail": {
    get: operation({
      summary: "A small picture of it, where there is one",
      id: "media",
      query: ServeThumbnail,
      scope: "messages:read",
      answer: "file",
    }),
  },
  "/api/v1/media/{id}/retry": {
    post: operation({
      summary: "Fetch a file again that could not be fetched",
      id: "media",
      scope: "messages:write",
      answer: MediaView,
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
  "/api/v1/events": {
    get: operation({
      summary: "Raw webhooks as they arrived, newest first",
      query: ListInboundEvents,
      scope: "events:read",
      answer: InboundEventPage,
    }),
  },
  "/api/v1/events/count": {
    get: operation({
      summary: "How many raw webhooks match",
      query: InboundEventFilter,
      scope: "events:read",
      answer: InboundEventCount,
    }),
  },
  "/api/v1/events/replay": {
    post: operation({
      summary: "Apply a selection or a range of raw webhooks again, at most 10,000",
      body: ReplayInboundEvents,
      scope: "events:write",
      answer: Replayed,
    }),
  },
  "/api/v1/events/{id}": {
    get: operation({
      summary: "One raw webhook, without keys and secrets, and what it became",
      id: "inboundEvent",
      scope: "events:read",
      answer: InboundEventDetail,
    }),
  },
  "/api/v1/events/{id}/replay": {
    post: operation({
      summary: "Apply a raw webhook again",
      id: "inboundEvent",
      scope: "events:write",
      answer: InboundEventDetail,
    }),
  },
  "/api/v1/tenant": {
    get: operation({ summary: "The business and its settings", scope: "any", answer: TenantSettings }),
    patch: operation({
      summary: "Change how long raw webhooks are kept",
      body: UpdateTenant,
      scope: "session",
      answer: TenantSettings,
    }),
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
