import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { SendToPhone } from "#lib/domain/messages/schema.ts";
import { openApiDocument } from "#lib/http/openapi.ts";

/** Routes of the interface alone: a person's own account, and the practice phone. */
const NOT_PUBLIC = ["/api/v1/me", "/api/v1/me/password", "/api/v1/sandbox"];

function routeFiles(): string[] {
  return readdirSync("app/api/v1", { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith("route.ts"))
    .map((file) => path.join("app/api/v1", file));
}

test("every public route and method is documented, and nothing else", () => {
  const offered = routeFiles().flatMap((file) => {
    const address = `/${path.dirname(file).replace(/^app\//, "")}`.replaceAll("[", "{").replaceAll("]", "}");
    if (NOT_PUBLIC.some((own) => address === own || address.startsWith(`${own}/`))) return [];
    const methods = [
      ...readFileSync(file, "utf8").matchAll(/export (?:const|async function) (GET|POST|PATCH|DELETE)\b/g),
    ];
    return methods.map(([, method = ""]) => `${method.toLowerCase()} ${address}`);
  });
  const { paths = {} } = openApiDocument("http://localhost");
  const documented = Object.entries(paths).flatMap(([address, item]) =>
    Object.keys(item).map((method) => `${method} ${address}`),
  );
  expect(documented.sort()).toEqual(offered.sort());
});

type Alternative = { properties: { type?: { const: string } } };

test("bodies refuse unknown fields and ids say their form", () => {
  const text = JSON.stringify(openApiDocument("http://localhost"));
  const document = JSON.parse(text);
  const body = document.paths["/api/v1/messages"].post.requestBody.content["application/json"].schema;
  expect(body.oneOf.map(({ properties }: Alternative) => properties.type?.const)).toEqual(
    SendToPhone.options.map(({ shape }) => shape.type.value),
  );
  for (const alternative of body.oneOf) {
    expect(alternative).toMatchObject({
      additionalProperties: false,
      required: expect.arrayContaining(["to", "type"]),
    });
    expect(alternative.properties.channelId).toMatchObject({
      type: "string",
      examples: [expect.stringMatching(/^chn_/)],
    });
  }
  const ofText = body.oneOf.find(({ properties }: Alternative) => properties.type?.const === "text");
  expect(ofText.required).toContain("text");
  expect(document.components.schemas.Message.required).toContain("status");
});
