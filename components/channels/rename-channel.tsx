"use client";

import { Pencil } from "lucide-react";
import { useTranslations } from "next-intl";
import { type FormEvent, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";
import { toast } from "#components/ui/toast.tsx";
import { ChannelName, type ChannelView } from "#lib/domain/channels/schema.ts";
import { useRenameChannel } from "./mutations.ts";
import { useFailureText } from "./problem-text.tsx";

/** The channel's name as the page's title, changed in its place. */
export function RenameChannel({ channel, mayManage }: { channel: ChannelView; mayManage: boolean }) {
  const t = useTranslations("channels.actions");
  const failureText = useFailureText();
  const rename = useRenameChannel(channel.id);
  const [draft, setDraft] = useState<string | null>(null);
  const [invalid, setInvalid] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const name = ChannelName.safeParse(draft);
    setInvalid(!name.success);
    if (!name.success) return;
    setDraft(null);
    if (name.data === channel.name) return;
    rename.mutate(
      { name: name.data },
      {
        onSuccess: () => toast.success(t("renamed")),
        onError: (error) => toast.error(failureText(error)),
      },
    );
  }

  if (draft === null)
    return (
      <div className="flex min-w-0 items-center gap-1">
        <h1 className="truncate font-semibold text-display">{channel.name}</h1>
        {mayManage && (
          <IconButton label={t("rename")} size="sm" onClick={() => setDraft(channel.name)}>
            <Pencil />
          </IconButton>
        )}
      </div>
    );
  return (
    <form onSubmit={submit} className="flex w-full max-w-lg flex-wrap items-center gap-2">
      <Input
        aria-label={t("name")}
        aria-invalid={invalid || undefined}
        title={invalid ? t("nameEmpty") : undefined}
        maxLength={60}
        autoFocus
        value={draft}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") setDraft(null);
        }}
        className="min-w-40 flex-1"
      />
      <Button type="submit" variant="primary">
        {t("save")}
      </Button>
      <Button variant="ghost" onClick={() => setDraft(null)}>
        {t("cancel")}
      </Button>
    </form>
  );
}
