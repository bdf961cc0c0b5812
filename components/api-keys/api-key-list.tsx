"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { ErrorNotice, useErrorText } from "#components/shell/error-notice.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { Table, TableCell, TableHeader, TableRow } from "#components/ui/table.tsx";
import { toast } from "#components/ui/toast.tsx";
import { useApi, useFormat, useWorkspace } from "#lib/browser/workspace.tsx";
import { type ApiKeyView, SCOPES } from "#lib/domain/api-keys/schema.ts";
import { CreateKeyDialog } from "./create-key-dialog.tsx";
import { useRevokeApiKey } from "./mutations.ts";
import { apiKeyListQuery } from "./queries.ts";

export function ApiKeyList() {
  const t = useTranslations("settings.apiKeys");
  const { member } = useWorkspace();
  const mayManage = member.role !== "agent";
  return (
    <div className="flex flex-col gap-5">
      <header className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0">
          <h1 className="font-semibold text-display">{t("title")}</h1>
          <p className="mt-1 text-ink-muted">{t("lead")}</p>
        </div>
        {mayManage && <CreateKeyDialog />}
      </header>
      <div className="overflow-hidden rounded-xl border border-line bg-raised">
        {mayManage ? (
          <Keys />
        ) : (
          <EmptyState icon={<KeyRound />} title={t("notAllowed")}>
            {t("notAllowedHint")}
          </EmptyState>
        )}
      </div>
    </div>
  );
}

function Keys() {
  const t = useTranslations("settings.apiKeys");
  const common = useTranslations("common");
  const { data, error, refetch } = useQuery(apiKeyListQuery(useApi()));
  const [revoking, setRevoking] = useState<ApiKeyView | null>(null);

  if (!data && error) {
    const retry = <Button onClick={() => void refetch()}>{common("retry")}</Button>;
    return <ErrorNotice error={error} action={retry} />;
  }
  if (data?.data.length === 0) {
    return (
      <EmptyState icon={<KeyRound />} title={t("empty")}>
        {t("emptyHint")}
      </EmptyState>
    );
  }
  return (
    <>
      <Table caption={t("title")} aria-busy={!data}>
        <thead>
          <tr>
            <TableHeader>{t("name")}</TableHeader>
            <TableHeader className="max-md:hidden">{t("scopesLabel")}</TableHeader>
            <TableHeader>{t("lastUsed")}</TableHeader>
            <TableHeader>
              <span className="sr-only">{t("actions")}</span>
            </TableHeader>
          </tr>
        </thead>
        <tbody>
          {data ? (
            data.data.map((key) => <KeyRow key={key.id} apiKey={key} onRevoke={() => setRevoking(key)} />)
          ) : (
            <SkeletonRows />
          )}
        </tbody>
      </Table>
      {revoking && <RevokeDialog apiKey={revoking} onClose={() => setRevoking(null)} />}
    </>
  );
}

function KeyRow({ apiKey, onRevoke }: { apiKey: ApiKeyView; onRevoke: () => void }) {
  const t = useTranslations("settings.apiKeys");
  const format = useFormat();
  return (
    <TableRow>
      <TableCell>
        <span className="block max-w-56 truncate font-medium">{apiKey.name}</span>
        <span className="text-ink-muted text-small">
          <code>…{apiKey.hint}</code> ·{" "}
          <time title={format.full(apiKey.createdAt)}>{format.date(apiKey.createdAt)}</time>
        </span>
        <span className="block text-ink-muted text-small md:hidden">
          {t("scopeCount", { count: apiKey.scopes.length })}
        </span>
      </TableCell>
      <TableCell className="max-md:hidden">
        <div className="flex max-w-96 flex-wrap gap-1">
          {apiKey.scopes.length === SCOPES.length ? (
            <Badge tone="accent">{t("everything")}</Badge>
          ) : (
            apiKey.scopes.map((scope) => <Badge key={scope}>{t(`scopes.${scope}`)}</Badge>)
          )}
        </div>
      </TableCell>
      <TableCell className="whitespace-nowrap text-ink-muted">
        {apiKey.lastUsedAt ? (
          <time title={format.full(apiKey.lastUsedAt)}>{format.ago(apiKey.lastUsedAt)}</time>
        ) : (
          t("never")
        )}
      </TableCell>
      <TableCell className="text-right">
        <Button
          size="sm"
          variant="dangerGhost"
          aria-label={t("revokeName", { name: apiKey.name })}
          onClick={onRevoke}
        >
          {t("revoke")}
        </Button>
      </TableCell>
    </TableRow>
  );
}

function SkeletonRows() {
  return [1, 2, 3].map((row) => (
    <TableRow key={row}>
      <TableCell>
        <Skeleton className="mb-1.5 h-4 w-32" />
        <Skeleton className="h-3.5 w-40" />
      </TableCell>
      <TableCell className="max-md:hidden">
        <Skeleton className="h-5 w-48" />
      </TableCell>
      <TableCell>
        <Skeleton className="h-4 w-20" />
      </TableCell>
      <TableCell />
    </TableRow>
  ));
}

function RevokeDialog({ apiKey, onClose }: { apiKey: ApiKeyView; onClose: () => void }) {
  const t = useTranslations("settings.apiKeys");
  const revoke = useRevokeApiKey();
  const textOf = useErrorText();
  const failure = revoke.error ? textOf(revoke.error) : null;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={t("revokeTitle", { name: apiKey.name })}
      description={t("revokeDetail")}
      confirmLabel={t("revoke")}
      pending={revoke.isPending}
      error={failure && `${failure.title}. ${failure.action}`}
      onConfirm={() =>
        revoke.mutate(apiKey.id, {
          onSuccess: () => {
            toast.success(t("revoked", { name: apiKey.name }));
            onClose();
          },
        })
      }
    />
  );
}
