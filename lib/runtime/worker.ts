import { startWorker } from "#lib/worker/runner.ts";
import { runPart } from "./part.ts";

await runPart("worker", startWorker);
