import { expect, test } from "vitest";
import { operationsOf, outline } from "#components/docs/operations.ts";
import { openApiDocument } from "#lib/http/openapi.ts";

const operations = operationsOf(openApiDocument("http://localhost"));

test("every operation of the document is shown with who may use it", () => {
  const { paths = {} } = openApiDocument("http://localhost");
  expect(operations).toHaveLength(
    Object.values(paths).reduce((sum, item) => sum + Object.keys(item).length, 0),
  );
  const register = operations.find(({ path }) => path === "/api/v1/register");
  expect(register).toMatchObject({ method: "POST", access: { kind: "open" } });
  const send = operations.find(({ path, method }) => path === "/api/v1/messages" && method === "POST");
  expect(send).toMatchObject({ access: { kind: "scope", scope: "messages:write" } });
  expect(send?.body).toContain("to: string");
});

test("a shape reads as one writes it", () => {
  const schema = {
    type: "object",
    required: ["id"],
    properties: {
      id: { type: "string" },
      tags: { type: "array", items: { type: "string" } },
      kind: { enum: ["a", "b"] },
      of: { $ref: "#/components/schemas/Thing" },
    },
  };
  expect(outline(schema, { Thing: {} })).toBe(
    '{\n  id: string\n  tags?: string[]\n  kind?: "a" | "b"\n  of?: Thing\n}',
  );
});
