"use client";

import { LogOut, ScanLine } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { useFailureText } from "#components/channels/problem-text.tsx";
import { Badge, type Tone } from "#components/ui/badge.tsx";
import { Button } from "#components/ui/button.tsx";
import { Card } from "#components/ui/card.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast.tsx";
import { asAppError } from "#lib/browser/api.ts";
import { useFormat, useWorkspace } from "#lib/browser/workspace.tsx";
import type { SandboxState } from "#lib/domain/sandbox/schema.ts";
import { normalizedPhone } from "./add-customer-dialog.tsx";
import { useSandboxActions, useSandboxMutation } from "./mutations.ts";

type PhoneState = "absent" | "closed" | "waiting" | "opening" | "connected";

function stateOf(instance: SandboxState["instance"]): PhoneState {
  if (!instance) return "absent";
  if (instance.state === "open") return "connected";
  if (instance.state === "close") return "closed";
  return instance.paired ? "opening" : instance.qr ? "waiting" : "closed";
}

const TONES: Record<PhoneState, Tone> = {
  absent: "neutral",
  closed: "neutral",
  waiting: "info",
  opening: "info",
  connected: "success",
};

/** The telephone on the shop's counter: it scans the code and can throw the device out again. */
export function BusinessPhoneCard({
  channelId,
  instance,
  suggestedPhone,
}: {
  channelId: string;
  instance: SandboxState["instance"];
  suggestedPhone: string;
}) {
  const t = useTranslations("sandbox.business");
  const format = useFormat();
  const state = stateOf(instance);
  const words = state === "connected" ? t("connected", { phone: own(instance, format.phone) }) : t(state);
  return (
    <Card
      title={t("title")}
      description={
        <Badge tone={TONES[state]} dot className="mt-1">
          {words}
        </Badge>
      }
      data-testid="business-phone"
      data-state={state}
    >
      {state === "connected" || state === "opening" ? (
        <Logout channelId={channelId} />
      ) : (
        <Scan
          channelId={channelId}
          ready={state === "waiting"}
          suggestedPhone={instance?.phone ? `+${instance.phone}` : suggestedPhone}
        />
      )}
    </Card>
  );
}

function own(instance: SandboxState["instance"], show: (e164: string) => string): string {
  return instance?.phone ? show(`+${instance.phone}`) : "";
}

function isTaken(error: unknown): boolean {
  return asAppError(error).fields.some(({ path, code }) => path === "phone" && code === "taken");
}

function Scan({
  channelId,
  ready,
  suggestedPhone,
}: {
  channelId: string;
  ready: boolean;
  suggestedPhone: string;
}) {
  const t = useTranslations("sandbox.business");
  const format = useFormat();
  const failureText = useFailureText();
  const { tenant } = useWorkspace();
  const actions = useSandboxActions(channelId);
  const scan = useSandboxMutation((phone: string) => actions.scan({ phone, name: tenant.name }));
  const [typed, setTyped] = useState<string | null>(null);
  const [invalid, setInvalid] = useState(false);
  const phone = typed ?? format.phone(suggestedPhone);

  function submit(event: FormEvent) {
    event.preventDefault();
    const number = normalizedPhone(phone);
    setInvalid(!number);
    if (number)
      scan.mutate(number, {
        onSuccess: () => toast.success(t("scanned")),
        onError: (error) => toast.error(isTaken(error) ? t("phoneTaken") : failureText(error)),
      });
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <Field label={t("phone")} hint={t("phoneHint")} error={invalid ? t("phoneInvalid") : undefined}>
        {(control) => (
          <Input
            {...control}
            type="tel"
            autoComplete="off"
            value={phone}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" disabled={!ready} pending={scan.isPending}>
          <ScanLine />
          {t("scan")}
        </Button>
        {!ready && (
          <p className="min-w-40 flex-1 text-ink-muted text-small">
            {t("waitingQr")}{" "}
            <Link
              href={`/${tenant.slug}/settings/channels/${channelId}`}
              className="font-medium text-accent-text underline-offset-4 hover:underline"
            >
              {t("showQr")}
            </Link>
          </p>
        )}
      </div>
    </form>
  );
}

function Logout({ channelId }: { channelId: string }) {
  const t = useTranslations("sandbox.business");
  const failureText = useFailureText();
  const actions = useSandboxActions(channelId);
  const logout = useSandboxMutation(() => actions.logout());
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <p className="min-w-40 flex-1 text-ink-muted text-small">{t("logoutHint")}</p>
      <Button
        pending={logout.isPending}
        onClick={() =>
          logout.mutate(undefined, {
            onSuccess: () => toast(t("loggedOut")),
            onError: (error) => toast.error(failureText(error)),
          })
        }
      >
        <LogOut />
        {t("logout")}
      </Button>
    </div>
  );
}
