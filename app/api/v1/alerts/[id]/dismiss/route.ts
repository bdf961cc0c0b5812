import { dismissAlert } from "#lib/domain/alerts/dismiss-alert.ts";
import { presentAlert } from "#lib/domain/alerts/present.ts";
import { idParam } from "#lib/http/params.ts";
import { ok, route } from "#lib/http/route.ts";

export const POST = route(
  { name: "alerts/[id]/dismiss", params: idParam("alert"), scope: "channels:write" },
  async ({ ctx, params }) => ok(presentAlert(await dismissAlert(ctx, params.id))),
);
