/**
 * How long a call the worker did not live to see may still be running in the gateway, which goes on
 * although nobody listens: lookups at WhatsApp take up to 120 s, in groups longer (evolution CONTRACT 3, 9.4).
 */
export const GATEWAY_CALL_MS = 130_000;
