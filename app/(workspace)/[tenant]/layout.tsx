import type { Metadata } from "next";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { Shell } from "#components/shell/shell.tsx";
import { pageContext } from "#lib/auth/page-context.ts";
import { WorkspaceProvider } from "#lib/browser/workspace.tsx";
import { env } from "#lib/kernel/env.ts";
import { realtimeConfig } from "#lib/realtime/browser-config.ts";
import { WorkspaceRealtime } from "./workspace-realtime.tsx";

type Params = Promise<{ tenant: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  const { tenant } = await pageContext((await params).tenant);
  return { title: { default: tenant.name, template: `%s · ${tenant.name}` } };
}

/** The gate: nobody below this line is without a session and a place in this workspace. */
export default async function WorkspaceLayout({ children, params }: { children: ReactNode; params: Params }) {
  const { user, tenant, member, tenants } = await pageContext((await params).tenant);
  return (
    <NextIntlClientProvider>
      <WorkspaceProvider
        workspace={{
          user,
          tenant,
          member: { id: member.id, role: member.role },
          tenants,
          sandbox: env().SANDBOX_URL !== undefined,
        }}
      >
        <WorkspaceRealtime config={realtimeConfig()}>
          <Shell>{children}</Shell>
        </WorkspaceRealtime>
      </WorkspaceProvider>
    </NextIntlClientProvider>
  );
}
