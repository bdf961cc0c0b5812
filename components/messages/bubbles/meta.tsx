"use client";

import { useTranslations } from "next-intl";
import { classes } from "#components/ui/classes.ts";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { LocalMessage } from "../local-message.ts";
import { Ticks } from "../ticks.tsx";

/** Time and ticks. `flow`: in the last line of a text; `over`: on a picture; `block`: in a line of its own. */
export function Meta({
  message,
  place = "flow",
}: {
  message: LocalMessage;
  place?: "flow" | "over" | "block";
}) {
  const t = useTranslations("inbox");
  const format = useFormat();
  return (
    <span
      dir="ltr"
      className={classes(
        "flex select-none items-center gap-1 whitespace-nowrap text-tiny",
        place === "flow" && "float-right mt-1.5 -mb-0.5 ml-3 text-ink-muted",
        place === "block" && "justify-end text-ink-muted",
        place === "over" &&
          "absolute right-1.5 bottom-1.5 rounded-full bg-black/55 px-1.5 py-px text-white [&_svg]:text-white!",
      )}
    >
      {message.editedAt && !message.deletedAt && <span>{t("edited")}</span>}
      <time dateTime={message.sentAt} title={format.full(message.sentAt)}>
        {format.clock(message.sentAt)}
      </time>
      {message.direction === "outbound" && <Ticks message={message} />}
    </span>
  );
}
