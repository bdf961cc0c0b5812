"use client";

import { Copy, Download, Info, Pencil, Plus, Reply, RotateCw, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Popover } from "radix-ui";
import { useRef, useState } from "react";
import { classes } from "#components/ui/classes.ts";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { toast } from "#components/ui/toast.tsx";
import { whatCanBeDone } from "./changeable.ts";
import { EmojiGrid } from "./emoji-grid.tsx";
import type { LocalMessage } from "./local-message.ts";
import { type Point, useMessageActions } from "./message-actions.tsx";
import { ownReaction, QUICK_REACTIONS } from "./reactions.ts";

export type MenuChoice = "edit" | "remove" | "details";

/** Everything that can be done with one message, at the place where it was asked for. */
export function MessageMenu({
  message,
  at,
  onChoose,
  onClose,
}: {
  message: LocalMessage;
  at: Point;
  onChoose: (choice: MenuChoice) => void;
  onClose: () => void;
}) {
  const t = useTranslations("inbox");
  const { reply, retry, react } = useMessageActions();
  const [grid, setGrid] = useState(false);
  const before = useRef(document.activeElement);
  // A choice that puts the focus somewhere keeps it there.
  const keepFocus = useRef(false);
  const can = whatCanBeDone(message);
  const mine = ownReaction(message.reactions);
  const place = { left: at.x, top: at.y };
  const choose = (emoji: string) => react(message, emoji === mine ? null : emoji);

  if (grid) {
    return (
      <Popover.Root open onOpenChange={(open) => !open && onClose()}>
        <Popover.Anchor className="fixed" style={place} />
        <Popover.Portal>
          <Popover.Content
            align="start"
            sideOffset={4}
            collisionPadding={8}
            aria-label={t("menu.react")}
            className="z-50 animate-rise-in rounded-lg border border-line bg-raised shadow-float"
          >
            <EmojiGrid
              chosen={mine}
              onChoose={(emoji) => {
                choose(emoji);
                onClose();
              }}
            />
          </Popover.Content>
        </Popover.Portal>
      </Popover.Root>
    );
  }
  const item = (onSelect: () => void) => ({ onSelect });
  return (
    <DropdownMenu open onOpenChange={(open) => !open && !grid && onClose()}>
      <DropdownMenuTrigger aria-hidden tabIndex={-1} className="pointer-events-none fixed" style={place} />
      <DropdownMenuContent
        align="start"
        sideOffset={0}
        aria-label={t("menu.label")}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          if (!keepFocus.current && before.current instanceof HTMLElement) before.current.focus();
        }}
      >
        {can.react && (
          <>
            <div className="flex gap-0.5 p-0.5">
              {QUICK_REACTIONS.map((emoji) => (
                <DropdownMenuItem
                  key={emoji}
                  aria-label={t("menu.reactWith", { emoji })}
                  onSelect={() => choose(emoji)}
                  className={classes(
                    "size-9! justify-center rounded-full! p-0! text-[1.25rem]",
                    emoji === mine && "bg-accent-tint",
                  )}
                >
                  {emoji}
                </DropdownMenuItem>
              ))}
              <DropdownMenuItem
                aria-label={t("menu.moreReactions")}
                onSelect={(event) => {
                  event.preventDefault();
                  setGrid(true);
                }}
                className="size-9! justify-center rounded-full! p-0!"
              >
                <Plus aria-hidden />
              </DropdownMenuItem>
            </div>
            <DropdownMenuSeparator />
          </>
        )}
        {can.reply && (
          <DropdownMenuItem
            {...item(() => {
              keepFocus.current = true;
              reply(message);
            })}
          >
            <Reply aria-hidden />
            {t("menu.reply")}
          </DropdownMenuItem>
        )}
        {can.copy && (
          <DropdownMenuItem {...item(() => void copy(message.text ?? "", t("menu.copied")))}>
            <Copy aria-hidden />
            {t("menu.copy")}
          </DropdownMenuItem>
        )}
        {can.download && (
          <DropdownMenuItem asChild>
            <a href={`${message.media?.url}?download=1`} download>
              <Download aria-hidden />
              {t("media.download")}
            </a>
          </DropdownMenuItem>
        )}
        {can.edit && (
          <DropdownMenuItem
            {...item(() => {
              keepFocus.current = true;
              onChoose("edit");
            })}
          >
            <Pencil aria-hidden />
            {t("menu.edit")}
          </DropdownMenuItem>
        )}
        {can.retry && (
          <DropdownMenuItem {...item(() => retry(message))}>
            <RotateCw aria-hidden />
            {t("failed.retry")}
          </DropdownMenuItem>
        )}
        {can.details && (
          <DropdownMenuItem {...item(() => onChoose("details"))}>
            <Info aria-hidden />
            {t("menu.details")}
          </DropdownMenuItem>
        )}
        {can.remove && (
          <>
            <DropdownMenuSeparator />
            <DropdownMenuItem tone="danger" {...item(() => onChoose("remove"))}>
              <Trash2 aria-hidden />
              {t("menu.remove")}
            </DropdownMenuItem>
          </>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

async function copy(text: string, done: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  toast(done);
}
