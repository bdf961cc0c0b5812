import type { Metadata } from "next";
import { headers } from "next/headers";
import { getTranslations } from "next-intl/server";
import { ErrorTable } from "#components/docs/error-table.tsx";
import { OperationCard } from "#components/docs/operation-card.tsx";
import { curlExample, operationsOf } from "#components/docs/operations.ts";
import { BrandMark } from "#components/shell/brand.tsx";
import { openApiDocument } from "#lib/http/openapi.ts";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("docs");
  return { title: t("title") };
}

/** The public API, from the same document that /api/openapi.json gives to programs. */
export default async function DocsPage() {
  const t = await getTranslations("docs");
  const incoming = await headers();
  const server = `${incoming.get("x-forwarded-proto") ?? "http"}://${incoming.get("host") ?? "localhost"}`;
  const operations = operationsOf(openApiDocument(server));
  return (
    <main className="mx-auto w-full max-w-3xl px-5 py-10">
      <header className="mb-8">
        <BrandMark className="mb-4 size-9" />
        <h1 className="font-semibold text-2xl">{t("title")}</h1>
        <p className="mt-2 max-w-prose text-ink-muted">{t("intro")}</p>
        <pre className="mt-4 overflow-x-auto rounded-lg border border-line bg-sunken p-3 text-sm">
          {curlExample(server)}
        </pre>
        <a className="mt-3 inline-block text-accent-text underline" href="/api/openapi.json">
          {t("download")}
        </a>
      </header>
      <div className="space-y-4">
        {operations.map((operation) => (
          <OperationCard key={operation.id} operation={operation} />
        ))}
      </div>
      <ErrorTable />
    </main>
  );
}
