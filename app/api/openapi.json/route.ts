import { openApiDocument } from "#lib/http/openapi.ts";

export async function GET(request: Request): Promise<Response> {
  const document = openApiDocument(new URL(request.url).origin);
  return Response.json(document, {
    headers: { "access-control-allow-origin": "*", "cache-control": "public, max-age=300" },
  });
}
