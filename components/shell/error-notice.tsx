"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Banner } from "#components/ui/banner.tsx";
import { toast } from "#components/ui/toast.tsx";
import { asAppError } from "#lib/browser/api.ts";
import type { ErrorCode } from "#lib/kernel/errors.ts";

/** What happened, whether data is safe and what to do, for any failure. */
export function useErrorText() {
  const t = useTranslations("errors");
  return (error: unknown) => {
    const { code } = asAppError(error);
    return { code, ...errorWords(t, code) };
  };
}

type ErrorsTranslator = ReturnType<typeof useTranslations<"errors">>;

function errorWords(t: ErrorsTranslator, code: ErrorCode) {
  return { title: t(`${code}.title`), detail: t(`${code}.detail`), action: t(`${code}.action`) };
}

/** A failure in the flow of a page, with the code for support below. */
export function ErrorNotice({ error, action }: { error: unknown; action?: ReactNode }) {
  const { code, title, detail, action: advice } = useErrorText()(error);
  return (
    <Banner tone="danger" title={title} action={action}>
      <p>
        {detail} {advice}
      </p>
      <p className="mt-1 font-mono text-tiny">{code}</p>
    </Banner>
  );
}

/** For a change that was put back: says so in passing. */
export function useErrorToast() {
  const textOf = useErrorText();
  return (error: unknown) => {
    const { title, detail, action } = textOf(error);
    toast.error(title, { description: `${detail} ${action}` });
  };
}
