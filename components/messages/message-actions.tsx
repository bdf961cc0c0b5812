"use client";

import { createContext, useContext } from "react";
import type { LocalMessage } from "./local-message.ts";

/** Where a menu opens: a point of the window. */
export type Point = { x: number; y: number };

/** What can be done from a bubble. One object for the life of a thread, so that no row is drawn again for it. */
export type MessageActions = {
  retry: (message: LocalMessage) => void;
  /** Only for what exists in this browser alone: its text goes back into the field. */
  takeBack: (message: LocalMessage) => void;
  reply: (message: LocalMessage) => void;
  react: (message: LocalMessage, emoji: string | null) => void;
  retryMedia: (message: LocalMessage) => void;
  /** Large, with the other pictures of the thread before and after it. */
  view: (message: LocalMessage) => void;
  jumpTo: (id: string) => void;
  openChat: (phone: string) => void;
  menu: (message: LocalMessage, at: Point) => void;
};

export const MessageActionsContext = createContext<MessageActions | null>(null);

export function useMessageActions(): MessageActions {
  const actions = useContext(MessageActionsContext);
  if (!actions) throw new Error("a bubble stands in a thread");
  return actions;
}
