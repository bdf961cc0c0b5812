"use client";

import { useTranslations } from "next-intl";
import type { MessageView } from "#lib/domain/messages/schema.ts";

type Words = { title: string; detail: string; action: string };

/** A failure in the reader's words; what the server wrote stands in where the code is not known here. */
export function useErrorText(): (error: NonNullable<MessageView["error"]>) => Words {
  const t = useTranslations("errors");
  return ({ code, title, detail, action }) =>
    t.has(`${code}.title`)
      ? { title: t(`${code}.title`), detail: t(`${code}.detail`), action: t(`${code}.action`) }
      : { title, detail, action };
}
