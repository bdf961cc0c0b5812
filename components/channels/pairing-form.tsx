"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { asAppError } from "#lib/browser/api.ts";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import { useConnectChannel } from "./mutations.ts";
import { formatPairingCode } from "./pairing-code.ts";
import { useFailureText } from "./problem-text.tsx";
import { Steps } from "./steps.tsx";

/** Linking without a camera: the phone's number in, a code to type on that phone out. */
export function PairingForm({ channel, examplePhone }: { channel: ChannelView; examplePhone: string }) {
  const t = useTranslations("channels.pairing");
  const failureText = useFailureText();
  const connect = useConnectChannel(channel.id);
  const [phone, setPhone] = useState("");
  const [editing, setEditing] = useState(false);
  const code = channel.qr?.pairingCode;
  const failed = connect.error ? asAppError(connect.error) : null;
  const wrongPhone = failed?.fields.some(({ path }) => path === "pairingPhone") ?? false;

  function submit(event: FormEvent) {
    event.preventDefault();
    connect.mutate({ pairingPhone: phone.trim() }, { onSuccess: () => setEditing(false) });
  }

  if (code && !editing)
    return (
      <div className="flex flex-col gap-5">
        <div>
          <p className="text-ink-muted">{t("codeLabel")}</p>
          <p
            data-testid="pairing-code"
            className="tabular mt-1.5 font-mono font-semibold text-[2rem] leading-10 tracking-[0.12em]"
          >
            {formatPairingCode(code)}
          </p>
          <div className="mt-3 flex flex-wrap gap-2">
            <CopyButton text={formatPairingCode(code)} label={t("copy")} />
            <Button variant="ghost" onClick={() => setEditing(true)}>
              {t("another")}
            </Button>
          </div>
        </div>
        <Steps steps={[t("step1"), t("step2"), t("step3")]} />
      </div>
    );
  return (
    <form onSubmit={submit} noValidate className="flex max-w-sm flex-col gap-4">
      <p className="text-ink-muted">{t("hint")}</p>
      <Field
        label={t("phone")}
        hint={t("phoneHint", { example: examplePhone })}
        error={wrongPhone ? t("invalid") : failed ? failureText(failed) : undefined}
      >
        {(control) => (
          <Input
            {...control}
            type="tel"
            inputMode="tel"
            autoComplete="tel"
            value={phone}
            onChange={(event) => setPhone(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-3">
        <Button
          type="submit"
          variant="primary"
          pending={connect.isPending}
          disabled={phone.trim().length < 6}
        >
          {t("get")}
        </Button>
        {connect.isPending && (
          <span role="status" className="text-ink-muted text-small">
            {t("waiting")}
          </span>
        )}
      </div>
    </form>
  );
}
