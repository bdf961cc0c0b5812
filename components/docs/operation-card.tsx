import { useTranslations } from "next-intl";
import { Badge } from "#components/ui/badge.tsx";
import type { Operation } from "./operations.ts";

/** One operation, folded until it is asked for; works without a script. */
export function OperationCard({ operation }: { operation: Operation }) {
  const t = useTranslations("docs");
  const { method, path, summary, access, parameters, body, answer } = operation;
  return (
    <details className="rounded-xl border border-line bg-raised open:pb-4">
      <summary className="flex cursor-pointer flex-wrap items-baseline gap-x-3 gap-y-1 px-5 py-3">
        <span className="w-14 font-mono font-semibold text-accent-text text-sm">{method}</span>
        <span className="break-all font-mono text-sm">{path}</span>
        <span className="basis-full text-ink-muted text-sm">{summary}</span>
      </summary>
      <div className="space-y-3 px-5">
        <Badge>{access.kind === "scope" ? t("scope", { scope: access.scope }) : t(access.kind)}</Badge>
        {parameters.length > 0 && (
          <section>
            <h3 className="font-medium text-sm">{t("parameters")}</h3>
            <ul className="mt-1 text-sm">
              {parameters.map(({ name, where, required }) => (
                <li key={`${where}-${name}`}>
                  <code>{name}</code> <span className="text-ink-muted">{where}</span>
                  {required && <span className="text-ink-muted"> · {t("required")}</span>}
                </li>
              ))}
            </ul>
          </section>
        )}
        {body && <Shape title={t("body")} text={body} />}
        {answer && <Shape title={t("answer")} text={answer} />}
      </div>
    </details>
  );
}

function Shape({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <h3 className="font-medium text-sm">{title}</h3>
      <pre className="mt-1 max-h-96 overflow-auto rounded-lg border border-line bg-sunken p-3 text-xs">
        {text}
      </pre>
    </section>
  );
}
