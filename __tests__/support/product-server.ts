import type { TestProject } from "vitest/node";
import { lazyService } from "./lazy-service.ts";
import { startProduct } from "./start-product.ts";

/** One product for all browser tests of a run, started when the first of them asks. */
export default async function setup(project: TestProject) {
  const service = await lazyService({
    // All browser tests register from one address.
    start: () => startProduct({ env: { REGISTRATIONS_PER_HOUR: "1000" } }),
    answer: async (product) => JSON.stringify(product),
    stop: (product) => product.stop(),
  });
  project.provide("productServer", service.url);
  return service.close;
}
