import { z } from "zod";
import {
  Chat,
  ControlError,
  Faults,
  type FaultsChange,
  type ReadChat,
  SandboxInstance,
  type Scan,
  type ScenarioInput,
  ShownMessage,
  type Typing,
  type WriteMessageInput,
} from "./control-schema.ts";

export type ControlClientOptions = {
  /** Base address of the practice gateway. */
  url: string;
  token?: string | undefined;
  timeoutMs?: number;
};

/** A refusal of the control API, with its own code (`not_paired`, `no_qr_code`, `message_not_found`…). */
export class SandboxRefusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export type SandboxMedia = { bytes: Uint8Array; mimeType: string };
export type ControlClient = ReturnType<typeof createControlClient>;

function refusalOf(status: number, body: unknown): SandboxRefusal {
  const parsed = ControlError.safeParse(body);
  if (!parsed.success)
    return new SandboxRefusal(status, "unknown", `The practice gateway answered ${status}.`);
  return new SandboxRefusal(status, parsed.data.error.code, parsed.data.error.message);
}

/** The practice gateway's control API in functions: it plays the people on the other side. */
export function createControlClient(options: ControlClientOptions) {
  const request = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${options.url}/sandbox/${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...(options.token ? { "x-sandbox-token": options.token } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
    });
    if (!response.ok) throw refusalOf(response.status, await response.json().catch(() => null));
    return response;
  };
  const call = async <S extends z.ZodType>(
    schema: S,
    method: string,
    path: string,
    body?: unknown,
  ): Promise<z.output<S>> => schema.parse(await (await request(method, path, body)).json());
  const at = (instance: string): string => `instances/${encodeURIComponent(instance)}`;
  const chat = (instance: string, phone: string): string =>
    `${at(instance)}/chats/${encodeURIComponent(phone)}`;

  return {
    instances: () => call(z.array(SandboxInstance), "GET", "instances"),
    instance: (instance: string) => call(SandboxInstance, "GET", at(instance)),
    /** Somebody scans the QR code with the phone of this number. */
    scan: (instance: string, input: z.input<typeof Scan>) =>
      call(SandboxInstance, "POST", `${at(instance)}/scan`, input),
    /** The link is removed on the business's phone. */
    logout: (instance: string) => call(SandboxInstance, "POST", `${at(instance)}/logout`, {}),
    /** The line between gateway and WhatsApp breaks or comes back. */
    setLine: (instance: string, online: boolean) =>
      call(SandboxInstance, "POST", `${at(instance)}/online`, { online }),

    /** Newest chat first. */
    chats: (instance: string, limit = 1000) =>
      call(z.array(Chat), "GET", `${at(instance)}/chats?limit=${limit}`),
    /** What the customer's phone shows, oldest first. */
    messages: (instance: string, phone: string, limit = 1000) =>
      call(z.array(ShownMessage), "GET", `${chat(instance, phone)}/messages?limit=${limit}`),
    /** The customer writes, reacts, edits or deletes; answers the message it is about. */
    write: (instance: string, phone: string, input: WriteMessageInput) =>
      call(ShownMessage, "POST", `${chat(instance, phone)}/messages`, input),
    /** The owner writes on the business's own phone. */
    writeFromPhone: (instance: string, phone: string, input: WriteMessageInput) =>
      call(ShownMessage, "POST", `${chat(instance, phone)}/from-phone`, input),
    /** The customer opens the chat. */
    read: (instance: string, phone: string, input: z.input<typeof ReadChat> = {}) =>
      call(Chat, "POST", `${chat(instance, phone)}/read`, input),
    /** The owner reads the chat on the business's own phone. */
    readOnPhone: (instance: string, phone: string) =>
      call(Chat, "POST", `${chat(instance, phone)}/read-on-phone`, {}),
    typing: (instance: string, phone: string, input: z.input<typeof Typing> = {}) =>
      call(Chat, "POST", `${chat(instance, phone)}/typing`, input),
    /** The customer's phone leaves the network or comes back. */
    setOnline: (instance: string, phone: string, online: boolean) =>
      call(Chat, "POST", `${chat(instance, phone)}/online`, { online }),
    /** The file of a shown message. */
    media: async (instance: string, phone: string, id: string): Promise<SandboxMedia> => {
      const response = await request(
        "GET",
        `${chat(instance, phone)}/messages/${encodeURIComponent(id)}/media`,
      );
      const mimeType = response.headers.get("content-type") ?? "application/octet-stream";
      return { bytes: new Uint8Array(await response.arrayBuffer()), mimeType };
    },

    faults: () => call(Faults, "GET", "faults"),
    setFaults: (change: z.input<typeof FaultsChange>) => call(Faults, "POST", "faults", change),
    scenario: (input: ScenarioInput) => call(z.record(z.string(), z.unknown()), "POST", "scenarios", input),
  };
}
