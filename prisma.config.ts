import { defineConfig } from "prisma/config";

// For the ordinary Prisma command line; the product itself migrates through lib/runtime/migrate.ts.
export default defineConfig({
  schema: "prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://localhost:5432/recado" },
});
