import { z } from "zod";

/** Query of every list: `cursor` is what the page before gave as `next`. */
export const PageQuery = z.strictObject({
  cursor: z.string().max(400).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type PageQuery = z.infer<typeof PageQuery>;

export type Page<T> = { data: T[]; next: string | null };
