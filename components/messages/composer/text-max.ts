/** WhatsApp's limit, as lib/domain/messages/schema.ts has it, without loading the schemas into the browser. */
export const TEXT_MAX = 65_536;
