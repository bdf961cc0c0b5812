"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { useLocale } from "next-intl";
import { createContext, type ReactNode, useContext, useMemo, useState } from "react";
import type { TenantView } from "#lib/domain/tenants/schema.ts";
import type { UserView } from "#lib/domain/users/schema.ts";
import { createFormat, type Format } from "#lib/i18n/format.ts";
import type { MemberId, TenantId } from "#lib/kernel/ids.ts";
import { type Api, createApi } from "./api.ts";
import { createQueryClient } from "./query-client.ts";

/** Where and as whom the person is working; the same on every page below the workspace's layout. */
export type Workspace = {
  tenant: TenantView;
  user: UserView;
  member: { id: MemberId; role: string };
  tenants: { id: TenantId; slug: string; name: string }[];
  /** The practice phone runs beside us. */
  sandbox: boolean;
};

const WorkspaceContext = createContext<(Workspace & { api: Api; format: Format }) | null>(null);

export function WorkspaceProvider({ workspace, children }: { workspace: Workspace; children: ReactNode }) {
  const locale = useLocale();
  const [queryClient] = useState(() => createQueryClient(toLogin));
  const { tenant } = workspace;
  const api = useMemo(() => createApi(tenant.id), [tenant.id]);
  const format = useMemo(
    () => createFormat({ locale, timeZone: tenant.timeZone }),
    [locale, tenant.timeZone],
  );
  const value = useMemo(() => ({ ...workspace, api, format }), [workspace, api, format]);
  return (
    <QueryClientProvider client={queryClient}>
      <WorkspaceContext value={value}>{children}</WorkspaceContext>
    </QueryClientProvider>
  );
}

export function useWorkspace() {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("useWorkspace() is for pages below a workspace's layout");
  return workspace;
}

/** The API, speaking for this workspace. */
export function useApi(): Api {
  return useWorkspace().api;
}

/** Times, numbers and phones in the reader's language and the tenant's time zone. */
export function useFormat(): Format {
  return useWorkspace().format;
}

function toLogin(): void {
  const { pathname, search } = window.location;
  window.location.assign(`/login?next=${encodeURIComponent(pathname + search)}`);
}
