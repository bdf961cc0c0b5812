import { presentMessage } from "#lib/domain/messages/present.ts";
import { SendToPhone } from "#lib/domain/messages/schema.ts";
import { sendToPhone } from "#lib/domain/messages/send-message.ts";
import { created, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "messages", body: SendToPhone, scope: "messages:write", idempotent: true },
  async ({ ctx, body }) => created(presentMessage(await sendToPhone(ctx, body))),
);
