import type { TestProject } from "vitest/node";
import { lazyService } from "./lazy-service.ts";
import { startProduct } from "./product.ts";

/** One product for all browser tests of a run, started when the first of them asks. */
export default async function setup(project: TestProject) {
  const service = await lazyService({
    start: () => startProduct(),
    answer: async (product) => JSON.stringify(product),
    stop: (product) => product.stop(),
  });
  project.provide("productServer", service.url);
  return service.close;
}
