"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogClose, DialogContent } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { PracticeCustomer } from "#lib/domain/sandbox/practice-phones.ts";
import { chatPhone, digitsOf } from "./customers.ts";

/** With country code: a plus and seven to fifteen digits. */
const PHONE = /^\+\d{7,15}$/;

export function normalizedPhone(text: string): string | null {
  const phone = `+${digitsOf(text)}`;
  return PHONE.test(phone) ? phone : null;
}

export function AddCustomerDialog({
  open,
  onOpenChange,
  taken,
  suggestion,
  onAdd,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Chats that exist already. */
  taken: readonly string[];
  suggestion: string;
  onAdd: (customer: PracticeCustomer) => void;
}) {
  const t = useTranslations("sandbox.customers");
  const formId = useId();
  const [name, setName] = useState("");
  const [phone, setPhone] = useState(suggestion);
  const [error, setError] = useState<string | null>(null);

  function submit(event: FormEvent) {
    event.preventDefault();
    const number = normalizedPhone(phone);
    if (!number) return setError(t("phoneInvalid"));
    if (taken.includes(chatPhone(number))) return setError(t("phoneTaken"));
    onAdd({ name: name.trim() || number, phone: number });
    onOpenChange(false);
  }

  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        size="sm"
        title={t("add")}
        footer={
          <>
            <DialogClose asChild>
              <Button>{t("cancel")}</Button>
            </DialogClose>
            <Button type="submit" form={formId} variant="primary">
              {t("confirm")}
            </Button>
          </>
        }
      >
        <form id={formId} onSubmit={submit} noValidate className="flex flex-col gap-4">
          <Field label={t("name")}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                autoComplete="off"
                maxLength={60}
                placeholder={t("namePlaceholder")}
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <Field label={t("phone")} error={error}>
            {(control) => (
              <Input
                {...control}
                type="tel"
                autoComplete="off"
                value={phone}
                onChange={(event) => {
                  setPhone(event.target.value);
                  setError(null);
                }}
              />
            )}
          </Field>
        </form>
      </DialogContent>
    </Dialog>
  );
}
