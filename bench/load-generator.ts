import { Agent, request } from "node:http";
import { textWebhook } from "./webhooks.ts";

/** Posts unique webhooks over keep-alive connections as fast as they are answered; a process of its own. */
export type Load = {
  url: string;
  headers: Record<string, string>;
  connections: number;
  durationMs: number;
  chats: number;
};
export type LoadResult = { requests: number; seconds: number; failures: number; latenciesMs: number[] };

let sent = 0;

process.on("message", (load: Load) => {
  void run(load).then((result) => process.send?.(result));
});

async function run(load: Load): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: load.connections });
  const latenciesMs: number[] = [];
  let failures = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + load.durationMs;
  async function connection() {
    while (performance.now() < endsAt) {
      sent += 1;
      const body = textWebhook("bench", sent % load.chats, `Hola, ¿tienen turno para mañana? ${sent}`);
      const from = performance.now();
      const status = await post(agent, load, body);
      if (status !== 200) failures += 1;
      latenciesMs.push(performance.now() - from);
    }
  }
  await Promise.all(Array.from({ length: load.connections }, connection));
  agent.destroy();
  const seconds = (performance.now() - startedAt) / 1000;
  return { requests: latenciesMs.length, seconds, failures, latenciesMs };
}

function post(agent: Agent, { url, headers }: Load, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const length = Buffer.byteLength(body);
    const options = { agent, method: "POST", headers: { ...headers, "content-length": length } };
    const call = request(url, options, (response) => {
      response.resume();
      response.once("end", () => resolve(response.statusCode ?? 0));
    });
    call.once("error", reject);
    call.end(body);
  });
}
