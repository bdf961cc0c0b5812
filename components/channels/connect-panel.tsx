"use client";

import { useQueryClient } from "@tanstack/react-query";
import { Check, MessageCircle, PlugZap, ScanLine } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { classes } from "#components/ui/classes.ts";
import { Progress } from "#components/ui/progress.tsx";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "#components/ui/tabs.tsx";
import { useApi, useWorkspace } from "#lib/browser/workspace.tsx";
import type { ChannelStatus, ChannelView, TimelineKind } from "#lib/domain/channels/schema.ts";
import { type ConnectStep, connectStep } from "./connect-step.ts";
import { useConnectChannel, useRestartChannel } from "./mutations.ts";
import { PairingForm } from "./pairing-form.tsx";
import { useFailureText } from "./problem-text.tsx";
import { QrCode } from "./qr-code.tsx";
import { channelKeys, fetchQr } from "./queries.ts";
import { Steps } from "./steps.tsx";

const SLOW_MS = 20_000;

/** The status before the present one, for as long as the page is open. */
function usePreviousStatus(status: ChannelStatus): ChannelStatus | null {
  const [seen, setSeen] = useState<{ now: ChannelStatus; before: ChannelStatus | null }>({
    now: status,
    before: null,
  });
  if (seen.now !== status) setSeen({ now: status, before: seen.now });
  return seen.now === status ? seen.before : seen.now;
}

/** From the code to a connected number, step by step and without a reload. */
export function ConnectPanel({
  channel,
  latest,
  examplePhone,
  mayManage,
}: {
  channel: ChannelView;
  latest: TimelineKind | null;
  examplePhone: string;
  mayManage: boolean;
}) {
  const step = connectStep(channel.status, { previous: usePreviousStatus(channel.status), latest });
  return (
    <section aria-live="polite" data-testid="connect-panel" data-step={step}>
      {step === "qr" ? (
        <ScanPanel channel={channel} examplePhone={examplePhone} mayManage={mayManage} />
      ) : (
        <StepPanel step={step} channel={channel} mayManage={mayManage} />
      )}
    </section>
  );
}

function ScanPanel({
  channel,
  examplePhone,
  mayManage,
}: {
  channel: ChannelView;
  examplePhone: string;
  mayManage: boolean;
}) {
  const t = useTranslations("channels.connect");
  const api = useApi();
  const client = useQueryClient();

  /** The next code comes by itself; should its news be lost, the gateway is asked. */
  async function renew() {
    await fetchQr(api, channel.id).catch(() => null);
    await client.invalidateQueries({ queryKey: channelKeys.detail(channel.id) });
  }

  return (
    <Card title={t("title")} className="overflow-hidden">
      <Tabs defaultValue={channel.qr?.pairingCode ? "pairing" : "qr"}>
        <TabsList>
          <TabsTrigger value="qr">{t("tabQr")}</TabsTrigger>
          {mayManage && <TabsTrigger value="pairing">{t("tabPairing")}</TabsTrigger>}
        </TabsList>
        <TabsContent value="qr" className="pt-5">
          <div className="flex flex-wrap items-start justify-center gap-x-8 gap-y-6">
            <QrCode qr={channel.qr} onEnded={() => void renew()} />
            <div className="min-w-56 flex-1 basis-56">
              <h3 className="mb-3 font-semibold">{t("stepsTitle")}</h3>
              <Steps steps={[t("step1"), t("step2"), t("step3")]} />
              <p className="mt-5 text-ink-muted text-small">{t("privacy")}</p>
            </div>
          </div>
        </TabsContent>
        <TabsContent value="pairing" className="pt-5">
          <PairingForm channel={channel} examplePhone={examplePhone} />
        </TabsContent>
      </Tabs>
    </Card>
  );
}

function StepPanel({
  step,
  channel,
  mayManage,
}: {
  step: Exclude<ConnectStep, "qr">;
  channel: ChannelView;
  mayManage: boolean;
}) {
  const t = useTranslations("channels.connect");
  const failureText = useFailureText();
  const { tenant } = useWorkspace();
  const connect = useConnectChannel(channel.id);
  const failure = connect.error && <p className="mt-3 text-danger-text">{failureText(connect.error)}</p>;
  const connectButton = (label: string) =>
    mayManage && (
      <Button variant="primary" pending={connect.isPending} onClick={() => connect.mutate({})}>
        {label}
      </Button>
    );
  switch (step) {
    case "connected":
      return (
        <Scene icon={<Check />} tone="success" title={t("connectedTitle")} hint={t("connectedHint")}>
          <Button asChild variant="primary">
            <Link href={`/${tenant.slug}/inbox`}>{t("goInbox")}</Link>
          </Button>
        </Scene>
      );
    case "scanned":
    case "opening":
      return <Opening channel={channel} scanned={step === "scanned"} mayManage={mayManage} />;
    case "disconnected":
      return (
        <Scene
          icon={<PlugZap />}
          tone="neutral"
          title={t("disconnectedTitle")}
          hint={t("disconnectedHint")}
          after={failure}
        >
          {connectButton(channel.phone ? t("reconnect") : t("showQr"))}
        </Scene>
      );
    case "setup_failed":
      return (
        <Scene
          icon={<PlugZap />}
          tone="warning"
          title={t("setupTitle")}
          hint={t("setupHint")}
          after={failure}
        >
          {connectButton(t("retrySetup"))}
        </Scene>
      );
  }
}

/** Honest about its length: after a while it says so and offers the way out. */
function Opening({
  channel,
  scanned,
  mayManage,
}: {
  channel: ChannelView;
  scanned: boolean;
  mayManage: boolean;
}) {
  const t = useTranslations("channels.connect");
  const actions = useTranslations("channels.actions");
  const restart = useRestartChannel(channel.id);
  const [slow, setSlow] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new state starts its own wait
  useEffect(() => {
    setSlow(false);
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, [channel.statusSince]);
  const title = slow ? t("slow") : scanned ? t("scanned") : t("opening");
  const hint = slow ? t("slowHint") : scanned ? t("scannedHint") : t("openingHint");
  return (
    <Scene
      icon={scanned ? <ScanLine /> : <MessageCircle />}
      tone="accent"
      title={title}
      hint={hint}
      after={!slow && <Progress label={title} className="mt-5 max-w-56" />}
    >
      {slow && mayManage && (
        <Button pending={restart.isPending} onClick={() => restart.mutate({})}>
          {actions("restart")}
        </Button>
      )}
    </Scene>
  );
}

const SCENE_TONES = {
  success: "bg-success-tint text-success-text",
  neutral: "bg-sunken text-ink-muted",
  warning: "bg-warning-tint text-warning-text",
  accent: "bg-accent-tint text-accent-text",
} as const;

function Scene({
  icon,
  tone,
  title,
  hint,
  after,
  children,
}: {
  icon: ReactNode;
  tone: keyof typeof SCENE_TONES;
  title: string;
  hint: string;
  after?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <Card>
      <div className="flex min-h-60 animate-fade-in flex-col items-center justify-center py-4 text-center">
        <span
          aria-hidden
          className={classes(
            "mb-3 flex size-14 items-center justify-center rounded-full [&_svg]:size-7",
            SCENE_TONES[tone],
          )}
        >
          {icon}
        </span>
        <h2 className="text-balance font-semibold text-title">{title}</h2>
        <p className="mt-1 max-w-sm text-balance text-ink-muted">{hint}</p>
        {children && <div className="mt-5">{children}</div>}
        {after}
      </div>
    </Card>
  );
}
