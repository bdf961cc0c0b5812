import { z } from "zod";
import { FILE_KINDS } from "./limits.ts";

/** As many amplitudes as WhatsApp draws of a voice note. */
export const WAVEFORM_STEPS_MAX = 64;

const Waveform = z.array(z.number().int().min(0).max(100)).max(WAVEFORM_STEPS_MAX);

/**
 * The fields of POST /media beside `file`, all optional and all text, as forms have them. `as` is how the file will be
 * sent: its limits then hold already while it arrives. `durationS` and `waveform` (a JSON array) are
 * what a recorder knows of its own recording.
 */
export const UploadFields = z.strictObject({
  as: z.enum(FILE_KINDS).optional(),
  durationS: z.coerce.number().min(0).max(86_400).transform(Math.round).optional(),
  waveform: z
    .string()
    .max(1000)
    .transform((text, ctx) => {
      try {
        return JSON.parse(text);
      } catch {
        ctx.addIssue({ code: "custom", message: "must be a JSON array" });
        return z.NEVER;
      }
    })
    .pipe(Waveform)
    .optional(),
});
export type UploadFields = z.infer<typeof UploadFields>;

/** Query of GET /media/{id}/thumbnail. */
export const ServeThumbnail = z.strictObject({
  /** Which of a person's workspaces it is in, where the header that says so cannot be sent. */
  workspace: z.string().max(100).optional(),
});

/** Query of GET /media/{id}. */
export const ServeMedia = ServeThumbnail.extend({
  /** To be saved under its name instead of shown. */
  download: z.literal("1").optional(),
});
