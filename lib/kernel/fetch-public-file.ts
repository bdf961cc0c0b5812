import { lookup } from "node:dns";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { AppError } from "./errors.ts";

/**
 * Fetches a file from a URL that somebody else chose, and nothing but public places: https only, no
 * redirects, and the address is looked at when the connection is made, so that a name which answers
 * otherwise the second time gains nothing. `ownOrigins`: servers of ours that may be asked all the same.
 */
export async function fetchPublicFile(
  address: string,
  limits: { bytesMax: number; timeoutMs: number; ownOrigins?: readonly string[] },
): Promise<Uint8Array> {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url) throw refused("not a URL");
  const isOwn = (limits.ownOrigins ?? []).includes(url.origin);
  if (!isOwn && url.protocol !== "https:") throw refused("only https is fetched");
  if (!isOwn && net.isIP(bareHost(url)) !== 0 && !isPublicAddress(bareHost(url)))
    throw refused("not a public address");
  return request(url, isOwn, limits);
}

function request(
  url: URL,
  isOwn: boolean,
  { bytesMax, timeoutMs }: { bytesMax: number; timeoutMs: number },
): Promise<Uint8Array> {
  const { request: open } = url.protocol === "https:" ? https : http;
  return new Promise((resolve, reject) => {
    const options = {
      signal: AbortSignal.timeout(timeoutMs),
      agent: false,
      ...(!isOwn && { lookup: lookupPublic }),
    };
    const outgoing = open(url, options, (response) => {
      const chunks: Buffer[] = [];
      let sizeBytes = 0;
      if (response.statusCode !== 200) {
        response.resume();
        reject(unavailable(`status ${response.statusCode}`));
        return;
      }
      response.on("data", (chunk: Buffer) => {
        sizeBytes += chunk.byteLength;
        if (sizeBytes <= bytesMax) chunks.push(chunk);
        else {
          reject(new AppError("payload_too_large"));
          outgoing.destroy();
        }
      });
      response.on("end", () => resolve(Buffer.concat(chunks)));
      response.on("error", (cause) => reject(failure(cause)));
    });
    outgoing.on("error", (cause) => reject(failure(cause)));
    outgoing.end();
  });
}

/** As net.connect asks: every address of the name must be public, not only the one it would take. */
const lookupPublic: net.LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, []);
    if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address)))
      return done(refused("not a public address"), []);
    const [first] = addresses;
    if (options.all || !first) return done(null, addresses);
    return done(null, first.address, first.family);
  });
};

const NOT_PUBLIC = new net.BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  NOT_PUBLIC.addSubnet(network, bits, "ipv4");

/** Of IPv6 only 2000::/3 is given out; in it, these lead elsewhere or into IPv4. */
const GIVEN_OUT = new net.BlockList();
GIVEN_OUT.addSubnet("2000::", 3, "ipv6");
for (const [network, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  NOT_PUBLIC.addSubnet(network, bits, "ipv6");

export function isPublicAddress(address: string): boolean {
  const family = net.isIP(address);
  if (family === 4) return !NOT_PUBLIC.check(address, "ipv4");
  if (family === 6) return GIVEN_OUT.check(address, "ipv6") && !NOT_PUBLIC.check(address, "ipv6");
  return false;
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function refused(detail: string): AppError {
  return new AppError("media_rejected", { detail });
}

function unavailable(detail: string, cause?: unknown): AppError {
  return new AppError("media_unavailable", { detail, cause });
}

function failure(cause: unknown): AppError {
  return cause instanceof AppError ? cause : unavailable("the file could not be fetched", cause);
}
