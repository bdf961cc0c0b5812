/** Every wait of the practice gateway, in milliseconds. Sources: evolution CONTRACT sections 4, 11, 15. */
export type Timings = {
  /** How long `create` with `qrcode: true` waits before it answers. */
  createWaitMs: number;
  /** How long `connect` from `close` waits before it answers. */
  connectWaitMs: number;
  /** From opening the socket to the first QR code. */
  qrFirstMs: number;
  qrRenewMs: number;
  /** QR codes drawn before the gateway gives up (`QRCODE_LIMIT`). */
  qrLimit: number;
  /** From `connecting` to `open`, after a scan and after a lost socket. */
  openMs: number;
  /** From the pairing to the key notice under `messages.edited`. */
  keyShareMs: number;
  serverAckMs: number;
  /** From the server acknowledgement to that of the customer's phone. */
  deliveryAckMs: number;
  /** Calls hang this long while an instance waits for a scan. */
  hangMs: number;
  groupHangMs: number;
  /** How long a send that shall "time out" stays silent before the connection is cut. */
  sendTimeoutMs: number;
  /** Waits between the attempts of one webhook; one more attempt than waits. */
  retryWaitsMs: readonly number[];
  retryWaitMinMs: number;
  deliveryTimeoutMs: number;
  /** Longest delay of a webhook that shall be overtaken. */
  reorderMs: number;
  stormGapMs: number;
};

/** The gateway's own waits, to the second. */
export const REAL_TIMINGS: Timings = {
  createWaitMs: 5_000,
  connectWaitMs: 2_000,
  qrFirstMs: 70,
  qrRenewMs: 45_000,
  qrLimit: 30,
  openMs: 30,
  keyShareMs: 500,
  serverAckMs: 85,
  deliveryAckMs: 130,
  hangMs: 60_000,
  groupHangMs: 120_000,
  sendTimeoutMs: 120_000,
  retryWaitsMs: [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000, 300_000],
  retryWaitMinMs: 5_000,
  deliveryTimeoutMs: 30_000,
  reorderMs: 2_000,
  stormGapMs: 25,
};

/** For practice the two waits before a QR code are cut short; everything else stays as it is in life. */
export const PRACTICE_TIMINGS: Timings = { ...REAL_TIMINGS, createWaitMs: 200, connectWaitMs: 100 };
