"use client";

import { useTranslations } from "next-intl";
import { Dialog, DialogContent } from "#components/ui/dialog.tsx";
import { Kbd } from "#components/ui/kbd.tsx";
import { SHORTCUTS } from "./shortcuts.ts";

/** Every shortcut there is, by the place where it works. */
export function KeyboardSheet({
  open,
  sandbox,
  onOpenChange,
}: {
  open: boolean;
  sandbox: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const t = useTranslations("shell.keyboard");
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title={t("title")} description={t("lead")} size="lg">
        <div className="grid gap-x-10 gap-y-5 pb-2 md:grid-cols-2">
          {SHORTCUTS.map(({ place, shortcuts }) => (
            <section key={place}>
              <h3 className="mb-1 font-medium text-ink-muted text-small">{t(`places.${place}`)}</h3>
              <dl>
                {shortcuts
                  .filter(({ name }) => sandbox || name !== "sandbox")
                  .map(({ name, keys }) => (
                    <div
                      key={name}
                      className="flex min-h-9 items-center justify-between gap-4 border-line border-b last:border-b-0"
                    >
                      <dt>{t(`names.${name}`)}</dt>
                      <dd className="flex shrink-0 gap-1">
                        {keys.map((key) => (
                          <Kbd key={key}>{key === "Enter" || key === "Shift" ? t(`keys.${key}`) : key}</Kbd>
                        ))}
                      </dd>
                    </div>
                  ))}
              </dl>
            </section>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}
