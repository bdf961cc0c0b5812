import type { ReactNode } from "react";
import { SettingsNav } from "#components/shell/settings-nav.tsx";

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col md:flex-row">
      <SettingsNav />
      <div className="min-h-0 flex-1 overflow-y-auto bg-surface">
        <div className="mx-auto w-full max-w-3xl px-4 py-6 md:px-8 md:py-8">{children}</div>
      </div>
    </div>
  );
}
