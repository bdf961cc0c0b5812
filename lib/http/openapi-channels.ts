import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import { AlertView } from "#lib/domain/alerts/schema.ts";
import {
  CHANNEL_STATUSES,
  ChannelQr,
  ChannelView,
  ConnectChannel,
  CreateChannel,
  TimelineEntry,
  UpdateChannel,
} from "#lib/domain/channels/schema.ts";
import { PacingView, UpdatePacing } from "#lib/domain/pacing/schema.ts";
import { PageQuery } from "#lib/kernel/page-schema.ts";
import { operation, pageOf } from "./openapi-operation.ts";

const Channel = ChannelView.meta({ id: "Channel" });
const Pacing = PacingView.meta({ id: "Pacing" });

/** Numbers, how they fare and how fast they send. */
export const CHANNEL_PATHS: ZodOpenApiPathsObject = {
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
};
