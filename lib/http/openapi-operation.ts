import { z } from "zod";
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from "zod-openapi";
import type { SCOPES } from "#lib/domain/api-keys/schema.ts";
import { ERROR_CODES, ERRORS } from "#lib/kernel/errors.ts";
import { idSchema } from "#lib/kernel/id-schema.ts";
import type { IdKind } from "#lib/kernel/ids.ts";

const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(ERROR_CODES),
    errors: z.array(z.object({ path: z.string(), code: z.string(), message: z.string() })).optional(),
    retryAfter: z.number().int().optional().meta({ description: "Seconds to wait." }),
  })
  .meta({ id: "Problem", description: `RFC 9457. ${describeCodes()}` });

function describeCodes(): string {
  return `Codes and their status: ${ERROR_CODES.map((code) => `${code} ${ERRORS[code].status}`).join(", ")}.`;
}

type Operation = {
  summary: string;
  id?: IdKind;
  path?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The fields of a form that also carries a `file`. */
  form?: z.ZodObject;
  idempotent?: boolean;
  scope: (typeof SCOPES)[number] | "any" | "session" | "nobody";
  /** `file`: the bytes of one, whole or in a range; `image/*`: a picture. */
  answer: z.ZodType | "file" | "image/*" | null;
  created?: boolean;
};

const json = (schema: z.ZodType) => ({ content: { "application/json": { schema } } });
const BINARY = { type: "string", format: "binary" } as const;
const form = (fields: z.ZodObject) => ({
  content: {
    "multipart/form-data": { schema: fields.extend({ file: z.unknown().meta({ override: BINARY }) }) },
  },
});
export const pageOf = (item: z.ZodType) => z.object({ data: z.array(item), next: z.string().nullable() });

/** One operation with its parameters, body, answers and the scope it needs. */
export function operation(spec: Operation): ZodOpenApiOperationObject {
  return {
    summary: spec.summary,
    ...(spec.scope !== "session" &&
      spec.scope !== "nobody" &&
      spec.scope !== "any" && { description: `Scope: \`${spec.scope}\`` }),
    security: securityOf(spec.scope),
    requestParams: {
      ...(spec.id && { path: z.object({ id: idSchema(spec.id) }) }),
      ...(spec.path && { path: spec.path }),
      ...(spec.query && { query: spec.query }),
      ...(spec.idempotent && { header: z.object({ "Idempotency-Key": z.string().max(200).optional() }) }),
    },
    ...(spec.body && { requestBody: { required: true, ...json(spec.body) } }),
    ...(spec.form && { requestBody: { required: true, ...form(spec.form) } }),
    responses: {
      ...success(spec),
      default: {
        description: "What went wrong",
        content: { "application/problem+json": { schema: Problem } },
      },
    },
  };
}

function success({ answer, created }: Operation): ZodOpenApiResponsesObject {
  if (answer === null) return { "204": { description: "Done" } };
  if (answer === "image/*")
    return { "200": { description: "The picture", content: { "image/*": { schema: BINARY } } } };
  if (answer !== "file") return { [created ? "201" : "200"]: { description: "Success", ...json(answer) } };
  const content = { "*/*": { schema: BINARY } };
  return {
    "200": { description: "The file", content },
    "206": { description: "The range that was asked for", content },
    "304": { description: "Not changed" },
    "416": { description: "The file has no such range" },
  };
}

function securityOf(scope: Operation["scope"]): Record<string, string[]>[] {
  if (scope === "nobody") return [];
  return scope === "session" ? [{ session: [] }] : [{ session: [] }, { apiKey: [] }];
}
