"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { SearchX, WifiOff } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { channelListQuery } from "#components/channels/queries.ts";
import { Composer, type ComposerHandle } from "#components/messages/composer/composer.tsx";
import type { ComposerMode } from "#components/messages/composer/mode-bar.tsx";
import type { LocalMessage } from "#components/messages/local-message.ts";
import { useChangeMessage, useSend } from "#components/messages/mutations.ts";
import { Thread } from "#components/messages/thread.tsx";
import { ThreadError, ThreadSkeleton } from "#components/messages/thread-states.tsx";
import { Button } from "#components/ui/button.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";
import { toast } from "#components/ui/toast.tsx";
import { asAppError } from "#lib/browser/api.ts";
import { useApi, useWorkspace } from "#lib/browser/workspace.tsx";
import type { ChannelView } from "#lib/domain/channels/schema.ts";
import type { ConversationView } from "#lib/domain/conversations/schema.ts";
import type { ConversationId } from "#lib/kernel/ids.ts";
import { contactName } from "./contact-name.ts";
import { ConversationHeader } from "./conversation-header.tsx";
import { useInboxLocation } from "./inbox-location.ts";
import { useMarkRead, useOpenConversation } from "./mutations.ts";
import { conversationQuery } from "./queries.ts";
import { knownConversation, putConversation } from "./realtime.ts";

/** One open conversation: header, thread, composer. Mount it anew (`key`) for another one. */
export function ConversationPane({
  id,
  onBack,
  onMoved,
}: {
  id: ConversationId;
  onBack: () => void;
  onMoved: (id: ConversationId) => void;
}) {
  const client = useQueryClient();
  const { data, error, refetch } = useQuery({
    ...conversationQuery(useApi(), id),
    // The list knows it already, and events keep it true: nothing to wait for.
    initialData: () => knownConversation(client, id),
  });
  const movedTo = data && data.id !== id ? data.id : null;
  const move = useEffectEvent(onMoved);
  // Two contacts turned out to be one person: the address follows the conversation that remains.
  useEffect(() => {
    if (movedTo) move(movedTo);
  }, [movedTo]);
  if (data) return <OpenConversation conversation={data} onBack={onBack} />;
  if (error && asAppError(error).code === "not_found") return <ConversationNotFound />;
  if (error) return <ThreadError error={error} onRetry={() => void refetch()} />;
  return <PaneSkeleton />;
}

function OpenConversation({ conversation, onBack }: { conversation: ConversationView; onBack: () => void }) {
  const t = useTranslations("inbox");
  const client = useQueryClient();
  const composer = useRef<ComposerHandle>(null);
  const { id, channelId, unreadCount } = conversation;
  const { data: channels } = useQuery(channelListQuery(useApi()));
  const channel = channels?.data.find((known) => known.id === channelId);
  const { text: name } = contactName(conversation.contact, t("noName"));
  const { mutateAsync: markRead } = useMarkRead(id);
  const [mode, setMode] = useState<ComposerMode | null>(null);
  const send = useSend(id, channelId);
  const saveEdit = useChangeMessage(() => toast.error(t("change.failed")));
  const openChat = useOpenChat();
  const replyTo = mode?.kind === "reply" ? mode.message : null;
  const sent = (message: LocalMessage) => putConversation(client, withLastMessage(conversation, message));
  return (
    <>
      <ConversationHeader
        conversation={conversation}
        channel={channel}
        showChannel={(channels?.data.length ?? 0) > 1}
        onBack={onBack}
      />
      <Thread
        conversationId={id}
        contactName={name}
        unreadCount={unreadCount}
        onAttended={() => markRead()}
        onTakeBack={(text) => composer.current?.restore(text)}
        onReply={(message) => setMode({ kind: "reply", message })}
        onEdit={(message) => setMode({ kind: "edit", message })}
        onOpenChat={openChat}
      />
      {channel && channel.status !== "connected" && <ChannelNotice channel={channel} />}
      <Composer
        ref={composer}
        conversationId={id}
        contactName={name}
        mode={mode}
        onMode={setMode}
        onSend={(text) => sent(send({ text }, replyTo))}
        // Several files answer with the first of them.
        onSendFiles={(files) => {
          for (const [index, file] of files.entries()) sent(send({ file }, index === 0 ? replyTo : null));
        }}
        onSaveEdit={(text) => mode && saveEdit({ message: mode.message, text })}
        onLeave={onBack}
      />
    </>
  );
}

/** The chat with a number from a visiting card. */
function useOpenChat(): (phone: string) => void {
  const t = useTranslations("inbox");
  const { open } = useInboxLocation();
  const { mutate } = useOpenConversation();
  return (phone) =>
    mutate(
      { to: phone },
      {
        onSuccess: ({ id }) => open(id),
        onError: () => toast.error(t("contacts.openFailed", { phone })),
      },
    );
}

/** The list shows what has just been written before the server has said so. */
function withLastMessage(conversation: ConversationView, message: LocalMessage): ConversationView {
  const { id, type, text, direction, status, sentAt } = message;
  return { ...conversation, lastMessageAt: sentAt, lastMessage: { id, type, text, direction, status } };
}

/** Why nothing leaves, and where to mend it. What is written all the same stays as failed, to be tried again. */
function ChannelNotice({ channel }: { channel: ChannelView }) {
  const t = useTranslations("inbox");
  const { tenant } = useWorkspace();
  const connecting = channel.status === "connecting";
  return (
    <div
      role="status"
      data-testid="channel-notice"
      className="flex items-center gap-2.5 border-line border-t bg-warning-tint px-4 py-2 text-small text-warning-text"
    >
      <WifiOff aria-hidden className="size-4 shrink-0" />
      <p className="min-w-0 flex-1">
        {t(connecting ? "channel.noticeConnecting" : "channel.notice", { channel: channel.name })}
      </p>
      <Button asChild size="sm">
        <Link href={`/${tenant.slug}/settings/channels/${channel.id}`}>{t("channel.fix")}</Link>
      </Button>
    </div>
  );
}

export function ConversationNotFound() {
  const t = useTranslations("inbox");
  const { tenant } = useWorkspace();
  return (
    <div className="flex flex-1 items-center justify-center">
      <EmptyState
        icon={<SearchX />}
        title={t("notFound.title")}
        action={
          <Button asChild variant="primary">
            <Link href={`/${tenant.slug}/inbox`}>{t("notFound.back")}</Link>
          </Button>
        }
      >
        {t("notFound.detail")}
      </EmptyState>
    </div>
  );
}

export function PaneSkeleton() {
  return (
    <>
      <div className="flex h-16 shrink-0 items-center gap-3 border-line border-b bg-surface px-4">
        <Skeleton className="size-10 rounded-full" />
        <div className="flex flex-col gap-2">
          <Skeleton className="h-3.5 w-36" />
          <Skeleton className="h-3 w-24" />
        </div>
      </div>
      <div className="flex flex-1 flex-col justify-end overflow-hidden bg-bubble-wall pb-4">
        <div className="mx-auto w-full max-w-5xl">
          <ThreadSkeleton />
        </div>
      </div>
      <div className="h-[61px] border-line border-t bg-surface" />
    </>
  );
}
