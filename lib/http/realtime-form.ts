import { z } from "zod";
import { readLimited } from "./body.ts";
import { invalidInput } from "./problem.ts";

const FORM_BYTES_MAX = 10_000;
const SocketId = z.string().regex(/^\d+\.\d+$/);
const Subscription = z.object({ socket_id: SocketId, channel_name: z.string().min(1).max(200) });
const SignIn = z.object({ socket_id: SocketId });

/** The form pusher-js sends for a channel (pusher PROTOCOL section 1). */
export async function readSubscription(request: Request): Promise<{ socketId: string; channelName: string }> {
  const form = parse(Subscription, await readForm(request));
  return { socketId: form.socket_id, channelName: form.channel_name };
}

export async function readSignIn(request: Request): Promise<{ socketId: string }> {
  return { socketId: parse(SignIn, await readForm(request)).socket_id };
}

async function readForm(request: Request): Promise<Record<string, string>> {
  return Object.fromEntries(new URLSearchParams(await readLimited(request, FORM_BYTES_MAX)));
}

function parse<T>(schema: z.ZodType<T>, form: Record<string, string>): T {
  const parsed = schema.safeParse(form);
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error, "body");
}
