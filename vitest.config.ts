import { defineConfig } from "vitest/config";

// Before any worker exists, so that all of them inherit it (see support/environment.ts).
process.env.TZ = "Pacific/Chatham";

const shared = {
  setupFiles: ["./__tests__/support/setup.ts"],
  // Timers and network are real; these only bound what hangs.
  hookTimeout: 60_000,
};

export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    reporters: ["default"],
    teardownTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          ...shared,
          name: "product",
          include: ["__tests__/**/*.test.{ts,tsx}"],
          exclude: ["__tests__/e2e/**"],
          globalSetup: ["./__tests__/support/database-server.ts"],
          testTimeout: 20_000,
          sequence: { groupOrder: 0 },
        },
      },
    ],
  },
});
