"use client";

import { useQuery } from "@tanstack/react-query";
import { Wifi, WifiOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useState } from "react";
import { Avatar } from "#components/ui/avatar.tsx";
import { Button } from "#components/ui/button.tsx";
import { useApi, useFormat, useWorkspace } from "#lib/browser/workspace.tsx";
import type { SandboxState } from "#lib/domain/sandbox/schema.ts";
import type { Customer } from "./customers.ts";
import { useSandboxActions, useSandboxMutation } from "./mutations.ts";
import { PhoneComposer } from "./phone-composer.tsx";
import { PhoneThread } from "./phone-thread.tsx";
import { sandboxThreadQuery } from "./queries.ts";
import { useHabits } from "./use-customer-list.ts";
import type { Outbox } from "./use-outbox.ts";

/** The customer's phone with the chat with our business on it. */
export function Phone({
  channelId,
  customer,
  instance,
  loaded,
  seenAt,
  outbox,
  onScan,
}: {
  channelId: string;
  customer: Customer;
  instance: SandboxState["instance"];
  /** The state of the number is known. */
  loaded: boolean;
  /** When the state was last looked at: what is unread then is read, also when its number has not changed. */
  seenAt: number;
  outbox: Outbox;
  /** Shows where the code is scanned, on screens that have no room for it beside the phone. */
  onScan: () => void;
}) {
  const t = useTranslations("sandbox.chat");
  const business = useTranslations("sandbox.business");
  const api = useApi();
  const { tenant } = useWorkspace();
  const [habits] = useHabits();
  const actions = useSandboxActions(channelId);
  // Once a phone has scanned the code its chats exist, also while it is logged out.
  const known = Boolean(instance?.phone);
  const thread = useQuery({ ...sandboxThreadQuery(api, channelId, customer.phone), enabled: known });
  const read = useSandboxMutation(({ phone, played }: { phone: string; played: boolean }) =>
    actions.read(phone, played),
  );
  const visible = usePageVisible();
  const mayRead = known && customer.online && customer.unread > 0;

  const readNow = useEffectEvent((played: boolean) => {
    if (known && !read.isPending) read.mutate({ phone: customer.phone, played });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: every look at the outside world counts
  useEffect(() => {
    if (mayRead && visible && habits.autoRead) readNow(false);
  }, [mayRead, visible, habits.autoRead, seenAt]);

  function tellPresence(presence: "composing" | "recording" | "paused") {
    // Only a show of life: nothing is lost when it does not get through.
    if (habits.typing && known && customer.online) actions.typing(customer.phone, presence).catch(() => {});
  }

  return (
    <article
      aria-label={customer.name}
      className="flex h-full min-h-0 flex-col overflow-hidden border-line-strong bg-surface md:rounded-[34px] md:border-[9px] md:border-ink/85 dark:md:border-line-strong"
    >
      <StatusBar online={customer.online} />
      <header className="flex items-center gap-2.5 border-line border-b bg-surface px-3 pt-1 pb-2.5">
        <Avatar name={tenant.name} seed={tenant.id} size="md" />
        <div className="min-w-0 flex-1">
          <h2 className="truncate font-semibold">{tenant.name}</h2>
          <BusinessState instance={instance} presence={customer.businessPresence} />
        </div>
      </header>
      <PhoneThread
        messages={thread.data?.data ?? []}
        drafts={outbox.draftsOf(customer.phone)}
        unread={habits.autoRead ? 0 : customer.unread}
        customerName={customer.name}
        channelId={channelId}
        phone={customer.phone}
        onRetry={outbox.retry}
        onPlayed={() => readNow(true)}
      />
      {mayRead && !habits.autoRead && (
        <div className="flex justify-center bg-bubble-wall pb-2">
          <Button size="sm" pending={read.isPending} onClick={() => readNow(false)}>
            {t("markRead")}
          </Button>
        </div>
      )}
      {loaded && !known && (
        <div className="flex items-center gap-3 bg-info-tint px-4 py-2 text-info-text text-small">
          <p className="min-w-0 flex-1">{t("notPaired")}</p>
          <Button size="sm" className="md:hidden" onClick={onScan}>
            {business("scan")}
          </Button>
        </div>
      )}
      {known && !customer.online && (
        <p className="bg-warning-tint px-4 py-2 text-small text-warning-text">
          {t("offlineBanner", { name: customer.name })}
        </p>
      )}
      <PhoneComposer
        key={customer.phone}
        customerName={customer.name}
        disabled={!known || !customer.online}
        onSend={(message) => outbox.send(customer.phone, { ...message, name: customer.name })}
        onTyping={tellPresence}
      />
    </article>
  );
}

function BusinessState({
  instance,
  presence,
}: {
  instance: SandboxState["instance"];
  presence: Customer["businessPresence"];
}) {
  const t = useTranslations("sandbox.chat");
  const format = useFormat();
  if (presence === "composing") return <p className="text-accent-text text-small">{t("typing")}</p>;
  if (presence === "recording") return <p className="text-accent-text text-small">{t("recording")}…</p>;
  return (
    <p className="tabular truncate text-ink-muted text-small">
      {instance?.phone ? format.phone(`+${instance.phone}`) : t("business")}
    </p>
  );
}

function StatusBar({ online }: { online: boolean }) {
  const t = useTranslations("sandbox");
  const format = useFormat();
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="tabular flex h-8 shrink-0 items-center justify-between px-5 text-ink-muted text-tiny max-md:hidden">
      <span>{now === null ? "" : format.clock(now)}</span>
      <span className="flex items-center gap-1">
        {t("title")}
        {online ? <Wifi aria-hidden className="size-3.5" /> : <WifiOff aria-hidden className="size-3.5" />}
      </span>
    </div>
  );
}

function usePageVisible(): boolean {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === "visible");
    look();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, []);
  return visible;
}
