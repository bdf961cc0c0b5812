import { useTranslations } from "next-intl";
import { ERROR_CODES, ERRORS } from "#lib/kernel/errors.ts";

/** Every code with its status; each has an anchor, because problems point here by `type`. */
export function ErrorTable() {
  const t = useTranslations("docs");
  const words = useTranslations("errors");
  return (
    <section className="mt-10">
      <h2 className="font-semibold text-xl">{t("errors")}</h2>
      <p className="mt-1 mb-3 text-ink-muted">{t("errorsIntro")}</p>
      <div className="overflow-x-auto rounded-xl border border-line bg-raised">
        <table className="w-full text-left text-sm">
          <thead className="text-ink-muted">
            <tr>
              <th className="px-4 py-2 font-medium">{t("code")}</th>
              <th className="px-4 py-2 font-medium">{t("status")}</th>
              <th className="px-4 py-2 font-medium">{t("meaning")}</th>
            </tr>
          </thead>
          <tbody>
            {ERROR_CODES.map((code) => (
              <tr key={code} id={code} className="border-line border-t align-top target:bg-accent-tint">
                <td className="px-4 py-2 font-mono text-xs">{code}</td>
                <td className="px-4 py-2 tabular-nums">{ERRORS[code].status}</td>
                <td className="px-4 py-2">{words(`${code}.detail`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
