import { defineConfig } from "vitest/config";

// Before any worker exists, so that all of them inherit it (see support/environment.ts).
process.env.TZ = "Pacific/Chatham";

const setupFiles = ["./__tests__/support/setup.ts"];

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    reporters: ["default"],
    teardownTimeout: 30_000,
    projects: [
      {
        extends: true,
        test: {
          name: "parts",
          include: ["__tests__/**/*.test.{ts,tsx}"],
          exclude: ["__tests__/e2e/**"],
          setupFiles,
          globalSetup: ["./__tests__/support/database-server.ts"],
          // Only what hangs meets these: tests wait for conditions, never for time.
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "e2e",
          include: ["__tests__/e2e/**/*.test.{ts,tsx}"],
          setupFiles,
          globalSetup: ["./__tests__/support/product-server.ts"],
          testTimeout: 120_000,
          // The first file to ask waits for the product, which may have to build its pages first.
          hookTimeout: 300_000,
          // Alone on the machine: these look at how fast and how live the whole product is.
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
