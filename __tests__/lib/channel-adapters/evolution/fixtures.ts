/** The recorded webhooks and calls, with the plain reading that came with each. */
import { readFileSync } from "node:fs";
import { z } from "zod";

const ROOT = new URL("../../../fixtures/evolution/", import.meta.url);

const Summary = z.looseObject({
  kind: z.string(),
  direction: z.string().optional(),
  externalId: z.string().optional(),
  at: z.number().optional(),
});

const WebhookIndex = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      event: z.string().nullish(),
      desc: z.string(),
      summary: Summary.nullish(),
    }),
  ),
});

const RecordedCall = z.object({
  request: z.object({
    method: z.string(),
    path: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
    body: z.unknown().optional(),
  }),
  response: z.object({ status: z.number(), body: z.unknown().optional() }),
});
export type RecordedCall = z.output<typeof RecordedCall>;

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, ROOT), "utf8"));
}

export const webhookIndex = WebhookIndex.parse(readJson("fixtures/index.json")).files;

export function webhook(file: string): unknown {
  return readJson(`fixtures/${file}`);
}

export function recordedCall(name: string): RecordedCall {
  return RecordedCall.parse(readJson(`responses/${name}.json`));
}
