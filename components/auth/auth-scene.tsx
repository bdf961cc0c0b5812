import { CheckCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { Avatar } from "#components/ui/avatar.tsx";
import { classes } from "#components/ui/classes.ts";

/** What Recado is, shown rather than told: a short exchange beside the form. Decoration only. */
export function AuthScene() {
  const t = useTranslations("auth.scene");
  return (
    <aside
      aria-hidden
      className="hidden flex-col items-center justify-center gap-8 border-line border-l bg-bubble-wall p-10 xl:flex"
    >
      <div className="w-full max-w-md overflow-hidden rounded-xl border border-line bg-surface">
        <div className="flex items-center gap-3 border-line border-b bg-raised px-4 py-3">
          <Avatar name={t("customer")} seed="scene-customer" />
          <div>
            <p className="font-medium">{t("customer")}</p>
            <p className="text-ink-muted text-small">{t("phone")}</p>
          </div>
        </div>
        <div className="flex flex-col gap-2 bg-bubble-wall px-4 py-5">
          <Bubble text={t("first")} time="16:05" />
          <Bubble text={t("second")} time="16:06" own />
          <Bubble text={t("third")} time="16:06" />
        </div>
      </div>
      <p className="max-w-sm text-balance text-center text-ink-muted text-title">{t("line")}</p>
    </aside>
  );
}

function Bubble({ text, time, own = false }: { text: string; time: string; own?: boolean }) {
  return (
    <div
      className={classes(
        "max-w-[84%] rounded-xl px-3 py-2 text-bubble",
        own ? "self-end rounded-br-sm bg-bubble-out" : "self-start rounded-bl-sm bg-bubble-in",
      )}
    >
      {text}
      <span className="tabular float-right mt-1.5 -mb-0.5 ml-3 inline-flex items-center gap-1 text-ink-muted text-tiny">
        {time}
        {own && <CheckCheck className="size-4 text-tick-read" />}
      </span>
    </div>
  );
}
