import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { ApiKeyView, CreateApiKey } from "#lib/domain/api-keys/schema.ts";
import { RealtimeEvent } from "#lib/domain/events/schema.ts";
import {
  InboundEventCount,
  InboundEventDetail,
  InboundEventFilter,
  InboundEventPage,
  ListInboundEvents,
  Replayed,
  ReplayInboundEvents,
} from "#lib/domain/inbound-events/schema.ts";
import { Register, Registered, TenantSettings, UpdateTenant } from "#lib/domain/tenants/schema.ts";
import { operation, pageOf } from "./openapi-operation.ts";

/** The business, its keys and what reached it. */
export const WORKSPACE_PATHS: ZodOpenApiPathsObject = {
  "/api/v1/register": {
    post: operation({
      summary: "Register a business, its owner and its WhatsApp channel",
      body: Register,
      scope: "nobody",
      answer: Registered,
      created: true,
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
