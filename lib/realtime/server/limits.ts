/** What one socket, one event and one process may use. Hosted Pusher's figures where it has any. */
export const DEFAULT_LIMITS = {
  connections: 5_000,
  subscriptionsPerConnection: 200,
  /** A frame from a client, envelope included; more closes the socket with 1009. */
  frameBytes: 20_480,
  /** What may wait for a slow reader before it is dropped. */
  bufferedBytes: 1_048_576,
  eventDataBytes: 10_240,
  eventNameLength: 200,
  channelsPerEvent: 100,
  eventsPerBatch: 10,
  /** Ten events of full size, their envelopes and keys. */
  requestBytes: 204_800,
  clientEventsPerSecond: 10,
  presenceMembers: 100,
  userIdLength: 128,
  userInfoBytes: 1_024,
};

export type Limits = typeof DEFAULT_LIMITS;
