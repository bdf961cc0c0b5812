"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { ConfirmDialog } from "./confirm-dialog.tsx";

/** While `dirty`, asks before a link or closing the tab throws away what was typed. */
export function UnsavedGuard({ dirty }: { dirty: boolean }) {
  const t = useTranslations("common.unsaved");
  const router = useRouter();
  const [target, setTarget] = useState<string | null>(null);

  useEffect(() => {
    if (!dirty) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    const onClick = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!(link instanceof HTMLAnchorElement) || !staysInTab(event, link)) return;
      event.preventDefault();
      event.stopPropagation();
      setTarget(link.pathname + link.search);
    };
    window.addEventListener("beforeunload", onUnload);
    // Before the framework's own handler, which would already navigate.
    document.addEventListener("click", onClick, { capture: true });
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, { capture: true });
    };
  }, [dirty]);

  return (
    <ConfirmDialog
      open={target !== null}
      onOpenChange={(open) => !open && setTarget(null)}
      title={t("title")}
      description={t("detail")}
      confirmLabel={t("discard")}
      cancelLabel={t("stay")}
      onConfirm={() => {
        if (target) router.push(target);
        setTarget(null);
      }}
    />
  );
}

function staysInTab(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
  return (
    !modified &&
    link.origin === location.origin &&
    link.target !== "_blank" &&
    link.pathname !== location.pathname
  );
}
