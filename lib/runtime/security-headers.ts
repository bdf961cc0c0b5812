import { randomBytes } from "node:crypto";
import type { RealtimeConfig } from "#lib/realtime/browser-config.ts";

/**
 * The headers of a page. Scripts run only with this answer's nonce, which Next reads from the request's
 * own policy header; the realtime server is the only other host a page may talk to.
 */
export function securityHeaders(page: {
  host: string;
  https: boolean;
  realtime: RealtimeConfig;
  development: boolean;
}): Record<string, string> {
  const nonce = randomBytes(16).toString("base64");
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${page.development ? " 'unsafe-eval'" : ""}`,
    // Radix and the virtual lists position by style attributes, which a nonce cannot allow.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "media-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${realtimeOrigin(page)}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  return {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(self)",
    "cross-origin-opener-policy": "same-origin",
    ...(page.https && { "strict-transport-security": "max-age=31536000" }),
  };
}

function realtimeOrigin({
  host,
  https,
  realtime,
}: {
  host: string;
  https: boolean;
  realtime: RealtimeConfig;
}): string {
  const { wsHost, wsPort, tls, cluster } = realtime;
  // Hosted Pusher: no host of ours is named.
  if (wsHost === null && wsPort === null) return `wss://ws-${cluster}.pusher.com`;
  const name = wsHost ?? host.replace(/:\d+$/, "");
  const port = wsPort === null ? "" : `:${wsPort}`;
  return `${tls || https ? "wss" : "ws"}://${name}${port}`;
}
