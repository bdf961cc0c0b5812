import type { Clock } from "./clock.ts";
import type { Counters } from "./counters.ts";
import type { Limits } from "./limits.ts";
import type { Rooms } from "./rooms.ts";

/** One set of credentials. Several apps on one server see nothing of each other. */
export type RealtimeApp = {
  id: string;
  key: string;
  secret: string;
  /** False keeps browsers from sending `client-…` events to each other. */
  clientEvents?: boolean;
  /** False refuses sockets (4003) and requests (403) without forgetting the app. */
  enabled?: boolean;
};

/** The part of pino's interface that is used here. */
export type RealtimeLogger = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export type Settings = {
  activityTimeoutS: number;
  allowPublic: boolean;
  /** Browser origins that may connect; undefined lets all in, since tokens protect the channels. */
  allowedOrigins: readonly string[] | undefined;
  limits: Limits;
  clock: Clock;
  logger: RealtimeLogger;
  counters: Counters;
};

/** An app with the live state that belongs to it and the rules that hold for it. */
export type AppScope = {
  app: RealtimeApp;
  rooms: Rooms;
  settings: Settings;
};
