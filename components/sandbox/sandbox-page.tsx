"use client";

import { useQuery } from "@tanstack/react-query";
import { ExternalLink, Smartphone } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { channelListQuery } from "#components/channels/queries.ts";
import { useChannelEvents } from "#components/channels/use-channel-events.ts";
import { Banner } from "#components/ui/banner.tsx";
import { Button } from "#components/ui/button.tsx";
import { classes } from "#components/ui/classes.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Select } from "#components/ui/input.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { useApi, useWorkspace } from "#lib/browser/workspace.tsx";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import type { PracticePhones } from "#lib/domain/sandbox/practice-phones.ts";
import { AddCustomerDialog } from "./add-customer-dialog.tsx";
import { BusinessPhoneCard } from "./business-phone-card.tsx";
import { CustomerOptionsCard } from "./customer-options-card.tsx";
import { CustomerStrip } from "./customer-strip.tsx";
import { chatPhone, joinCustomers } from "./customers.ts";
import { FaultsCard } from "./faults-card.tsx";
import { Phone } from "./phone.tsx";
import { sandboxStateQuery } from "./queries.ts";
import { ScenariosCard } from "./scenarios-card.tsx";
import { useCustomerList } from "./use-customer-list.ts";
import { useOutbox } from "./use-outbox.ts";
import { useSelection } from "./use-selection.ts";

const SMALL_WINDOW = "popup,width=400,height=820";

/** The outside world of one number: a customer's phone at the left, what can happen to it at the right. */
export function SandboxPage({ practice }: { practice: PracticePhones }) {
  const t = useTranslations("sandbox");
  const api = useApi();
  const { tenant } = useWorkspace();
  const { channelId } = useSelection();
  useChannelEvents();
  const channels = useQuery(channelListQuery(api));
  const list = channels.data?.data ?? [];
  const channel = list.find(({ id }) => id === channelId) ?? list[0];

  if (channels.isSuccess && !channel)
    return (
      <EmptyState
        icon={<Smartphone />}
        title={t("noChannels")}
        action={
          <Button asChild variant="primary">
            <Link href={`/${tenant.slug}/settings/channels`}>{t("goChannels")}</Link>
          </Button>
        }
      >
        {t("noChannelsHint")}
      </EmptyState>
    );
  if (!channel) return <Skeleton className="m-6 h-[70dvh] max-w-sm rounded-[34px]" />;
  return <OutsideWorld key={channel.id} channel={channel} channels={list} practice={practice} />;
}

function OutsideWorld({
  channel,
  channels,
  practice,
}: {
  channel: ChannelView;
  channels: readonly ChannelView[];
  practice: PracticePhones;
}) {
  const t = useTranslations("sandbox");
  const api = useApi();
  const selection = useSelection();
  const { people, add } = useCustomerList(practice.customers);
  const state = useQuery(sandboxStateQuery(api, channel.id));
  const outbox = useOutbox(channel.id);
  const [adding, setAdding] = useState(false);
  const [view, setView] = useState<"phone" | "controls">("phone");
  const instance = state.data?.instance ?? null;
  const customers = joinCustomers(people, state.data?.chats ?? []);
  const customer = customers.find(({ phone }) => phone === selection.phone) ?? customers[0];
  const known = Boolean(instance?.phone);
  if (!customer) return null;

  return (
    <div className="flex h-full min-h-0 flex-col">
      <Header channel={channel} channels={channels} small={selection.small} />
      {state.isError && (
        <Banner tone="warning" strip title={t("loadFailed")}>
          {t("loadFailedHint")}
        </Banner>
      )}
      <ViewSwitch view={view} onChange={setView} />
      <div className="flex min-h-0 flex-1 md:gap-6 md:px-6 md:pb-6">
        <div
          className={classes(
            "flex min-h-0 w-full flex-col md:w-92 md:shrink-0",
            view === "controls" && "max-md:hidden",
          )}
        >
          <CustomerStrip
            customers={customers}
            selected={customer.phone}
            onSelect={(phone) => selection.select({ customer: phone })}
            onAdd={() => setAdding(true)}
          />
          <div className="min-h-0 max-w-full flex-1 md:max-h-[46rem]">
            <Phone
              channelId={channel.id}
              customer={customer}
              instance={instance}
              loaded={state.data !== undefined}
              seenAt={state.dataUpdatedAt}
              outbox={outbox}
              onScan={() => setView("controls")}
            />
          </div>
        </div>
        <div
          className={classes(
            "min-h-0 flex-1 overflow-y-auto overscroll-contain max-md:px-4 max-md:pb-6",
            view === "phone" && "max-md:hidden",
          )}
        >
          <div className="grid items-start gap-5 xl:grid-cols-2">
            <div className="flex min-w-0 flex-col gap-5">
              {state.data ? (
                <BusinessPhoneCard
                  channelId={channel.id}
                  instance={instance}
                  suggestedPhone={practice.business}
                />
              ) : (
                <Skeleton className="h-54 rounded-xl" />
              )}
              <CustomerOptionsCard channelId={channel.id} customer={customer} known={known} />
              {state.data && <FaultsCard channelId={channel.id} faults={state.data.faults} />}
            </div>
            <ScenariosCard
              channelId={channel.id}
              chosen={customer}
              customers={customers}
              ready={instance?.state === "open"}
            />
          </div>
        </div>
      </div>
      {adding && (
        <AddCustomerDialog
          open
          onOpenChange={setAdding}
          taken={customers.map(({ phone }) => phone)}
          suggestion={countryPrefix(practice.business)}
          onAdd={(added) => {
            add(added);
            selection.select({ customer: chatPhone(added.phone) });
          }}
        />
      )}
    </div>
  );
}

/** `+51 9` of `+51912345500`: enough to see how a number begins here. */
function countryPrefix(phone: string): string {
  return phone.slice(0, 4);
}

function Header({
  channel,
  channels,
  small,
}: {
  channel: ChannelView;
  channels: readonly ChannelView[];
  small: boolean;
}) {
  const t = useTranslations("sandbox");
  const { tenant } = useWorkspace();
  const { addressWith, select } = useSelection();
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 md:px-6 md:py-5">
      <div className="min-w-0 flex-1 basis-64 max-md:basis-full">
        <h1 className="font-semibold text-title md:text-display">{t("title")}</h1>
        {!small && <p className="text-ink-muted max-md:hidden">{t("intro")}</p>}
      </div>
      {channels.length > 1 && (
        <Select
          aria-label={t("business.channel")}
          value={channel.id}
          onChange={(event) => select({ channel: event.target.value })}
          className="max-w-56"
        >
          {channels.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      )}
      {!small && (
        <>
          <Button
            className="max-md:hidden"
            onClick={() =>
              window.open(addressWith({ channel: channel.id, small: "1" }), "recado-practice", SMALL_WINDOW)
            }
          >
            <ExternalLink />
            {t("openWindow")}
          </Button>
          <Button asChild className="max-md:hidden">
            <Link href={`/${tenant.slug}/inbox`}>{t("openInbox")}</Link>
          </Button>
        </>
      )}
    </header>
  );
}

const VIEWS = ["phone", "controls"] as const;

function ViewSwitch({
  view,
  onChange,
}: {
  view: "phone" | "controls";
  onChange: (view: "phone" | "controls") => void;
}) {
  const t = useTranslations("sandbox.views");
  return (
    <div className="mx-4 mb-2 flex gap-1 rounded-lg bg-sunken p-1 md:hidden">
      {VIEWS.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={view === name}
          onClick={() => onChange(name)}
          className="h-9 flex-1 rounded-md font-medium text-ink-muted aria-pressed:bg-raised aria-pressed:text-ink"
        >
          {t(name)}
        </button>
      ))}
    </div>
  );
}
