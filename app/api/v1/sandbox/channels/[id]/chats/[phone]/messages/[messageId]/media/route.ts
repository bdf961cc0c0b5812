import { getSandboxMedia } from "#lib/domain/sandbox/queries.ts";
import { SandboxMediaParams } from "#lib/domain/sandbox/schema.ts";
import { route } from "#lib/http/route.ts";

export const GET = route(
  { name: "sandbox.media", params: SandboxMediaParams, role: "agent", scope: "none" },
  async ({ ctx, params }) => {
    const { bytes, mimeType } = await getSandboxMedia(ctx, params.id, params);
    return new Response(bytes, {
      headers: {
        "content-type": mimeType,
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'",
        "cache-control": "private, max-age=86400",
      },
    });
  },
);
