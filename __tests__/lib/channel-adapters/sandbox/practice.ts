import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { z } from "zod";
import { type ControlClient, createControlClient } from "#lib/channel-adapters/sandbox/control-client.ts";
import {
  createSandbox,
  type Sandbox,
  type SandboxOptions,
} from "#lib/channel-adapters/sandbox/simulator/create-sandbox.ts";
import type { Timings } from "#lib/channel-adapters/sandbox/simulator/timings.ts";

export const API_KEY = "evo-global-key-0001";
export const BUSINESS = "51900000002";
export const ANA = "51987654321";
export const PIXEL =
  "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP8z4APMOGVHbHSAEEsAROxCnMTAAAAAElFTkSuQmCC";

/** Life in milliseconds: the same happenings, as close together as they can be. */
export const FAST: Partial<Timings> = {
  createWaitMs: 0,
  connectWaitMs: 0,
  qrFirstMs: 0,
  openMs: 1,
  keyShareMs: 1,
  serverAckMs: 1,
  deliveryAckMs: 1,
  hangMs: 10,
  groupHangMs: 15,
  sendTimeoutMs: 10,
  retryWaitsMs: [5, 5, 5, 5, 5, 5, 5, 5, 5],
  retryWaitMinMs: 1,
  reorderMs: 40,
  stormGapMs: 1,
};

export function until<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { interval: 4, timeout: 8_000 });
}

const Envelope = z.object({ event: z.string(), instance: z.string(), data: z.unknown() }).loose();
export type Hook = z.infer<typeof Envelope> & {
  raw: string;
  path: string;
  headers: http.IncomingHttpHeaders;
};

/** A receiver of webhooks; `answer` decides what it says to each. */
export type Receiver = {
  url: string;
  hooks: Hook[];
  answer: (hook: Hook) => number | null | Promise<number | null>;
  of: (event: string) => Hook[];
  close: () => Promise<void>;
};

export async function startReceiver(): Promise<Receiver> {
  const receiver: Receiver = {
    url: "",
    hooks: [],
    answer: () => 200,
    of: (event) => receiver.hooks.filter((hook) => hook.event === event),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server = http.createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part);
    const raw = Buffer.concat(parts).toString();
    const envelope = Envelope.parse(JSON.parse(raw));
    const hook: Hook = { ...envelope, raw, path: request.url ?? "", headers: request.headers };
    receiver.hooks.push(hook);
    const status = await receiver.answer(hook);
    if (status === null) request.socket.destroy();
    else response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  receiver.url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}/hook`;
  return receiver;
}

export type Practice = {
  sandbox: Sandbox;
  control: ControlClient;
  receiver: Receiver;
  options: SandboxOptions;
  /** One call of the gateway's API. */
  call: (
    method: string,
    path: string,
    body?: unknown,
    apiKey?: string | null,
  ) => Promise<{ status: number; body: unknown }>;
  /** Closes the sandbox and starts it again over the same folder. */
  restart: (change?: Partial<SandboxOptions>) => Promise<void>;
  close: () => Promise<void>;
};

export async function startPractice(change: Partial<SandboxOptions> = {}): Promise<Practice> {
  const dataDir = await mkdtemp(join(tmpdir(), "recado-sandbox-"));
  const receiver = await startReceiver();
  const options: SandboxOptions = {
    port: 0,
    host: "127.0.0.1",
    dataDir,
    apiKey: API_KEY,
    ...change,
    timings: { ...FAST, ...change.timings },
  };
  const practice: Practice = {
    sandbox: createSandbox(options),
    control: createControlClient({ url: "" }),
    receiver,
    options,
    call: async (method, path, body, apiKey = API_KEY) => {
      const response = await fetch(practice.sandbox.url + path, {
        method,
        headers: { ...(apiKey === null ? {} : { apikey: apiKey }), "content-type": "application/json" },
        ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === "" ? "" : JSON.parse(text) };
    },
    restart: async (more = {}) => {
      await practice.sandbox.close();
      practice.sandbox = createSandbox({ ...options, ...more });
      await begin();
    },
    close: async () => {
      await practice.sandbox.close();
      await receiver.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  const begin = async (): Promise<void> => {
    await practice.sandbox.start();
    practice.control = createControlClient({ url: practice.sandbox.url });
  };
  await begin();
  return practice;
}

/** A practice gateway for one test. */
export async function aPractice(change: Partial<SandboxOptions> = {}): Promise<Practice> {
  const practice = await startPractice(change);
  onTestFinished(() => practice.close());
  return practice;
}

export async function createInstance(
  practice: Practice,
  name: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  const { status } = await practice.call("POST", "/instance/create", {
    instanceName: name,
    integration: "WHATSAPP-BAILEYS",
    qrcode: true,
    webhook: { url: practice.receiver.url, events: [], headers: { "X-Hook-Secret": "s3cr3t" } },
    ...more,
  });
  if (status !== 201) throw new Error(`create answered ${status}`);
}

/** An instance that is linked and has told so. */
export async function pairInstance(
  practice: Practice,
  name: string,
  more: Record<string, unknown> = {},
): Promise<void> {
  await createInstance(practice, name, more);
  await practice.control.scan(name, { phone: BUSINESS, name: "Acme Ventas" });
  await until(async () => {
    const instance = await practice.control.instance(name);
    if (instance.state !== "open" || instance.pendingInbound > 0) throw new Error("not open yet");
  });
  await settle(practice, name);
}

/** Waits until every webhook of the instance has been taken. */
export async function settle(practice: Practice, name: string): Promise<void> {
  await until(async () => {
    const instance = await practice.control.instance(name);
    if (instance.pendingWebhooks + instance.pendingInbound > 0)
      throw new Error("webhooks are still on their way");
  });
}

const Sent = z.object({ key: z.object({ id: z.string(), remoteJid: z.string() }).loose() }).loose();

/** Sends a text through the gateway and answers its id. */
export async function sendText(
  practice: Practice,
  name: string,
  number: string,
  text: string,
): Promise<string> {
  const { status, body } = await practice.call("POST", `/message/sendText/${name}`, { number, text });
  if (status !== 201) throw new Error(`sendText answered ${status}`);
  return Sent.parse(body).key.id;
}
