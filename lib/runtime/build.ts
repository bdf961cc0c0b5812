import { buildPages } from "./next-build.ts";
import { ensurePrismaClient } from "./prisma-client.ts";
import { complain, explain, step } from "./progress.ts";
import { ROOT } from "./project.ts";

/** `npm run build`: the production build, whether it is needed or not. */
process.chdir(ROOT);
try {
  await step("Generating the database client", () => ensurePrismaClient());
  await step("Building the pages", () => buildPages());
} catch (error) {
  complain(explain(error));
  process.exit(1);
}
