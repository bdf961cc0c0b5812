import { z } from "zod";
import type {
  Chat,
  Faults,
  SandboxInstance,
  ShownMessage,
} from "#lib/channel-adapters/sandbox/control-schema.ts";
import { idSchema } from "#lib/kernel/id-schema.ts";

/**
 * The practice phone: what a browser asks of the people on the other side. The gateway knows more
 * tricks (its control API); these are the ones that the page plays.
 */
export type {
  Chat as SandboxChat,
  Faults as SandboxFaults,
  ShownMessage,
} from "#lib/channel-adapters/sandbox/control-schema.ts";

/** Everything the page shows of one number, in one answer. `instance` is null while the gateway does not know it. */
export type SandboxState = {
  instance: Omit<SandboxInstance, "webhookUrl" | "id" | "instance"> | null;
  chats: Chat[];
  faults: Faults;
};

/** What one customer's phone shows, oldest first. */
export type SandboxThread = { data: ShownMessage[] };

/** Digits of a number as WhatsApp has them, without a plus. */
const Digits = z.string().regex(/^\d{6,17}$/);
const Name = z.string().trim().min(1).max(100);

export const SandboxParams = z.object({ id: idSchema("channel") });
export const SandboxChatParams = z.object({ id: idSchema("channel"), phone: Digits });
export const SandboxMediaParams = z.object({
  ...SandboxChatParams.shape,
  messageId: z.string().regex(/^[\w-]{1,200}$/),
});

export const ScanCode = z.strictObject({ phone: z.string().regex(/^\+?\d{6,17}$/), name: Name.optional() });
export type ScanCode = z.infer<typeof ScanCode>;

const file = { media: z.base64().min(4), mimeType: z.string().max(100), fileName: z.string().max(200) };

export const WriteAsCustomer = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: z.string().min(1).max(65_536), name: Name }),
  z.strictObject({ type: z.literal("image"), text: z.string().max(1024).optional(), name: Name, ...file }),
  z.strictObject({
    type: z.literal("voice"),
    seconds: z.number().min(0).max(3600).optional(),
    name: Name,
    ...file,
  }),
]);
export type WriteAsCustomer = z.infer<typeof WriteAsCustomer>;

export const CustomerOnline = z.strictObject({ online: z.boolean() });
export const CustomerTyping = z.strictObject({ presence: z.enum(["composing", "recording", "paused"]) });
export type CustomerTyping = z.infer<typeof CustomerTyping>;
export const ReadAsCustomer = z.strictObject({ played: z.boolean().default(false) });

const Rate = z.number().min(0).max(1);
export const ChangeFaults = z
  .strictObject({
    sendErrorRate: Rate,
    sendTimeoutRate: Rate,
    latencyMs: z.number().int().min(0).max(60_000),
    duplicateRate: Rate,
    reorderRate: Rate,
    dropRate: Rate,
    down: z.boolean(),
  })
  .partial();
export type ChangeFaults = z.infer<typeof ChangeFaults>;

/** Things that happen to the number itself, played by the gateway. */
export const PlayScenario = z.discriminatedUnion("name", [
  z.strictObject({ name: z.literal("banned") }),
  z.strictObject({ name: z.literal("qr_expired") }),
  z.strictObject({ name: z.literal("connection_lost") }),
  z.strictObject({ name: z.literal("hidden_number"), contactName: Name, text: z.string().min(1).max(1000) }),
]);
export type PlayScenario = z.infer<typeof PlayScenario>;
