import { z } from "zod";

/** What the page shows of one operation of an OpenAPI document. */
export type Operation = {
  id: string;
  method: string;
  path: string;
  summary: string;
  access: { kind: "scope"; scope: string } | { kind: "session" } | { kind: "open" };
  parameters: { name: string; where: string; required: boolean }[];
  body: string | null;
  answer: string | null;
};

/** A first call that works with any key that may read conversations. */
export function curlExample(server: string): string {
  return `curl ${server}/api/v1/conversations \\\n  -H "Authorization: Bearer rk_…"`;
}

const Media = z.record(z.string(), z.object({ schema: z.unknown().optional() }));
const OperationObject = z.object({
  summary: z.string().default(""),
  description: z.string().default(""),
  security: z.array(z.record(z.string(), z.array(z.string()))).default([]),
  parameters: z
    .array(z.object({ name: z.string(), in: z.string(), required: z.boolean().default(false) }))
    .default([]),
  requestBody: z.object({ content: Media }).optional(),
  responses: z.record(z.string(), z.object({ content: Media.optional() })).default({}),
});
const Document = z.object({
  paths: z.record(z.string(), z.record(z.string(), OperationObject)).default({}),
  components: z.object({ schemas: z.record(z.string(), z.unknown()).default({}) }).default({ schemas: {} }),
});

/** Flattens the document into what is shown, in its own order. */
export function operationsOf(document: unknown): Operation[] {
  const { paths, components } = Document.parse(document);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]): Operation => {
      const success = Object.entries(operation.responses).find(([status]) => status.startsWith("2"))?.[1];
      return {
        id: `${method}-${path}`,
        method: method.toUpperCase(),
        path,
        summary: operation.summary,
        access: accessOf(operation),
        parameters: operation.parameters.map(({ name, in: where, required }) => ({ name, where, required })),
        body: outline(firstSchema(operation.requestBody?.content), components.schemas),
        answer: outline(firstSchema(success?.content), components.schemas),
      };
    }),
  );
}

function accessOf({ security, description }: z.infer<typeof OperationObject>): Operation["access"] {
  if (security.length === 0) return { kind: "open" };
  const scope = /`([\w-]+:[\w-]+)`/.exec(description)?.[1];
  return scope ? { kind: "scope", scope } : { kind: "session" };
}

function firstSchema(content: z.infer<typeof Media> | undefined): unknown {
  return Object.values(content ?? {})[0]?.schema;
}

const Schema = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  required: z.array(z.string()).optional(),
  items: z.unknown().optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
});

const DEPTH_MAX = 3;

/** A schema as people write shapes down: `{ id: string, text?: string }`. Null when there is none. */
export function outline(schema: unknown, named: Record<string, unknown>, depth = 0): string | null {
  const parsed = Schema.safeParse(schema);
  if (!parsed.success || schema === undefined) return null;
  const {
    $ref,
    type,
    enum: values,
    const: constant,
    properties,
    required = [],
    items,
    anyOf,
    oneOf,
  } = parsed.data;
  if ($ref) {
    const name = $ref.split("/").at(-1) ?? "";
    return depth === 0 ? outline(named[name], named, depth) : name;
  }
  if (constant !== undefined) return JSON.stringify(constant);
  if (values) return values.length > 8 ? "string" : values.map((value) => JSON.stringify(value)).join(" | ");
  const alternatives = anyOf ?? oneOf;
  if (alternatives)
    return [...new Set(alternatives.map((item) => outline(item, named, depth + 1) ?? "null"))].join(" | ");
  if (items !== undefined) return `${outline(items, named, depth + 1) ?? "unknown"}[]`;
  if (properties) {
    if (depth >= DEPTH_MAX) return "object";
    const pad = "  ".repeat(depth + 1);
    const lines = Object.entries(properties).map(
      ([name, value]) =>
        `${pad}${name}${required.includes(name) ? "" : "?"}: ${outline(value, named, depth + 1) ?? "unknown"}`,
    );
    return `{\n${lines.join("\n")}\n${"  ".repeat(depth)}}`;
  }
  return Array.isArray(type) ? type.join(" | ") : (type ?? "unknown");
}
