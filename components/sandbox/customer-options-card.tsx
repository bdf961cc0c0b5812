"use client";

import { useTranslations } from "next-intl";
import { useFailureText } from "#components/channels/problem-text.tsx";
import { Card } from "#components/ui/card.tsx";
import { toast } from "#components/ui/toast.tsx";
import { useFormat } from "#lib/browser/workspace.tsx";
import type { Customer } from "./customers.ts";
import { useSandboxActions, useSandboxMutation } from "./mutations.ts";
import { Toggle } from "./toggle.tsx";
import { useHabits } from "./use-customer-list.ts";

/** How the chosen customer's phone behaves. */
export function CustomerOptionsCard({
  channelId,
  customer,
  known,
}: {
  channelId: string;
  customer: Customer;
  known: boolean;
}) {
  const t = useTranslations("sandbox.options");
  const format = useFormat();
  const failureText = useFailureText();
  const [habits, setHabits] = useHabits();
  const actions = useSandboxActions(channelId);
  const online = useSandboxMutation((on: boolean) => actions.online(customer.phone, on));
  return (
    <Card
      title={customer.name}
      action={<span className="tabular text-ink-muted text-small">{format.phone(`+${customer.phone}`)}</span>}
    >
      <div className="-my-2 divide-y divide-line">
        <Toggle
          label={t("online")}
          hint={t("onlineHint")}
          disabled={!known}
          checked={online.isPending ? online.variables : customer.online}
          onChange={(on) => online.mutate(on, { onError: (error) => toast.error(failureText(error)) })}
        />
        <Toggle
          label={t("autoRead")}
          hint={t("autoReadHint")}
          checked={habits.autoRead}
          onChange={(autoRead) => setHabits({ ...habits, autoRead })}
        />
        <Toggle
          label={t("typing")}
          hint={t("typingHint")}
          checked={habits.typing}
          onChange={(typing) => setHabits({ ...habits, typing })}
        />
      </div>
    </Card>
  );
}
