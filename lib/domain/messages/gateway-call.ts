import { env } from "#lib/kernel/env.ts";

/**
 * How long a call the worker did not live to see may still be running in the gateway, which goes on
 * although nobody listens: lookups at WhatsApp take up to 120 s, in groups longer (evolution CONTRACT 3, 9.4).
 */
export function gatewayCallMs(): number {
  return env().GATEWAY_CALL_SECONDS * 1000;
}
