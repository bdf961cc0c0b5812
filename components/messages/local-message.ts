import type { MessageView } from "#lib/domain/messages/schema.ts";

/**
 * A message as this browser shows it. `local` is set while the server has not answered for it:
 * `sending` has not been accepted yet, `rejected` was refused and exists nowhere else.
 */
export type LocalMessage = MessageView & { local?: "sending" | "rejected" };
