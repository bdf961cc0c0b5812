"use client";

import { useTranslations } from "next-intl";
import { asAppError } from "#lib/browser/api.ts";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { problemKey } from "./problem-key.ts";

export type ProblemText = { title: string; detail: string; action: string };

/** The words for a channel's last error: what happened, why, and what to do. */
export function useProblemText(): (code: NonNullable<ChannelView["error"]>["code"]) => ProblemText {
  const errors = useTranslations("errors");
  const disconnect = useTranslations("disconnect");
  return (code) => {
    const { from, key } = problemKey(code);
    if (from === "errors")
      return {
        title: errors(`${key}.title`),
        detail: errors(`${key}.detail`),
        action: errors(`${key}.action`),
      };
    return {
      title: disconnect(`${key}.title`),
      detail: disconnect(`${key}.detail`),
      action: disconnect(`${key}.action`),
    };
  };
}

/** One plain sentence for a notice about a failed action. */
export function useFailureText(): (error: unknown) => string {
  const text = useProblemText();
  return (error) => {
    const { title, action } = text(asAppError(error).code);
    return `${title}. ${action}`;
  };
}
