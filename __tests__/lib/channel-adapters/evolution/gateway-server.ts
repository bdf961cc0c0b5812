/** A loopback server in the gateway's place: answers from a script, and keeps what it was asked. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { ChannelAccess } from "#lib/channel-adapters/contract.ts";
import { recordedCall } from "./fixtures.ts";

export type Asked = { method: string; path: string; apikey: string | undefined; body: unknown };
export type Reply = { status: number; body?: unknown; text?: string };
type Script = Record<string, Reply | Reply[] | ((asked: Asked, response: ServerResponse) => Reply | null)>;

export type GatewayServer = {
  access: Extract<ChannelAccess, { kind: "evolution" }>;
  asked: Asked[];
  /** Paths of the calls so far, the instance's name cut off. */
  calls(): string[];
  answer(script: Script): void;
  close(): Promise<void>;
};

const INSTANCE = "acme con espacio/ñ";

/** The answer of a recorded call. */
export function replay(name: string): Reply {
  const { status, body } = recordedCall(name).response;
  return { status, body };
}

export const OPEN: Script = { "GET instance/connectionState": replay("state-open") };

export async function startGateway(): Promise<GatewayServer> {
  let script: Script = {};
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    asked.push(call);
    const reply = nextReply(script[callName(call)], call, response);
    if (reply === null) return;
    response.writeHead(reply.status, { "content-type": "application/json" });
    response.end(reply.text ?? (reply.body === undefined ? "" : JSON.stringify(reply.body)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return {
    access: {
      kind: "evolution",
      baseUrl: `http://127.0.0.1:${address.port}/`,
      globalKey: "global-key",
      instanceName: INSTANCE,
    },
    asked,
    calls: () => asked.map(callName),
    answer(next) {
      script = next;
      asked.length = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function callName({ method, path }: Asked): string {
  const name = path.replace(`/${encodeURIComponent(INSTANCE)}`, "").split("?")[0] ?? "";
  return `${method} ${name.slice(1)}`;
}

function nextReply(entry: Script[string] | undefined, call: Asked, response: ServerResponse): Reply | null {
  if (entry === undefined) return { status: 404, body: { response: { message: [`Cannot ${call.path}`] } } };
  if (typeof entry === "function") return entry(call, response);
  if (!Array.isArray(entry)) return entry;
  // The last answer of a row stays.
  return (entry.length > 1 ? entry.shift() : entry[0]) ?? null;
}

async function readCall(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  const apikey = request.headers.apikey;
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    apikey: typeof apikey === "string" ? apikey : undefined,
    body: text === "" ? undefined : JSON.parse(text),
  };
}
