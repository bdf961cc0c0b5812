import { typeid } from "typeid-js";

/**
 * A UUIDv7. Jobs written in one statement share their creation time, and the queue then goes by id: with
 * random ones, the jobs of a key would run in random order.
 */
export function newJobId(): string {
  return typeid().toUUID();
}
