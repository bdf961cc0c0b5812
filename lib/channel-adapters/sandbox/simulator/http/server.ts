import http from "node:http";
import { answerControl, isControlPath } from "../control/control.ts";
import { pictureOf } from "../phones/picture.ts";
import type { Simulator } from "../simulator.ts";
import { readBody } from "./body.ts";
import { answerGateway } from "./gateway.ts";
import { CutConnection, GatewayError, type GatewayRequest, type Reply } from "./replies.ts";

function requestOf(raw: http.IncomingMessage): Omit<GatewayRequest, "body" | "file"> {
  const url = new URL(raw.url ?? "/", "http://sandbox");
  const apiKey = raw.headers.apikey;
  return {
    method: raw.method ?? "GET",
    path: url.pathname,
    query: url.searchParams,
    apiKey: typeof apiKey === "string" ? apiKey : undefined,
    raw,
  };
}

function send(response: http.ServerResponse, reply: Reply): void {
  const bytes = reply.body instanceof Uint8Array ? reply.body : Buffer.from(JSON.stringify(reply.body) ?? "");
  response.writeHead(reply.status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": bytes.length,
    "x-content-type-options": "nosniff",
    ...(reply.headers ?? {}),
  });
  response.end(bytes);
}

async function answer(sim: Simulator, raw: http.IncomingMessage): Promise<Reply> {
  const head = requestOf(raw);
  if (isControlPath(head.path)) return await answerControl(sim, head);
  if (sim.faults.current.down) throw new CutConnection();
  const picture = head.method === "GET" ? pictureOf(head.path) : null;
  if (picture) return picture;
  if (sim.faults.current.latencyMs > 0) await sim.timers.sleep(sim.faults.current.latencyMs);
  return await answerGateway(sim, { ...head, ...(await readBody(raw)) });
}

/** Programming errors answer 500 with their raw text, as the gateway does (evolution CONTRACT section 3). */
function replyTo(sim: Simulator, error: unknown): Reply {
  if (error instanceof GatewayError) return error.reply;
  sim.logger.error({ err: error }, "sandbox call failed");
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: { status: 500, error: "Internal Server Error", response: { message } } };
}

export function createServer(sim: Simulator): http.Server {
  const server = http.createServer((raw, response) => {
    answer(sim, raw)
      .catch((error: unknown) => {
        if (error instanceof CutConnection) raw.socket.destroy();
        else return replyTo(sim, error);
      })
      .then(async (reply) => {
        // Nobody may hear of what a killed process would not remember.
        await sim.db.committed();
        if (!reply || response.destroyed) return;
        // A gateway that went away while it was answering says nothing more.
        if (sim.faults.current.down && !isControlPath(raw.url ?? "")) raw.socket.destroy();
        else send(response, reply);
      })
      .catch((error: unknown) => {
        sim.logger.error({ err: error }, "sandbox answer failed");
        raw.socket.destroy();
      });
  });
  server.keepAliveTimeout = 65_000;
  server.requestTimeout = 0;
  return server;
}
