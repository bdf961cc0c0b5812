import { typeid } from "typeid-js";

/**
 * Ids for jobs sent in one statement. They share their moment, and the queue then goes by id: random
 * ones would shuffle the jobs of a key.
 */
export function orderedJobIds(count: number): string[] {
  return Array.from({ length: count }, () => typeid().toUUID()).sort();
}
