import { webhookRoute } from "#lib/http/webhook-route.ts";

export const POST = webhookRoute("evolution");
