"use client";

import { useTranslations } from "next-intl";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import type { LocalMessage } from "./local-message.ts";
import type { Point } from "./message-actions.tsx";
import { MessageDetailsDialog } from "./message-details.tsx";
import { type MenuChoice, MessageMenu } from "./message-menu.tsx";

export type MessageTool = { message: LocalMessage } & (
  | { kind: "menu"; at: Point }
  | { kind: "remove" | "details" }
);

/** What is open for one message of the thread; loaded when the first menu is asked for. */
export function MessageTools({
  tool,
  onTool,
  onEdit,
  onRemove,
}: {
  tool: MessageTool;
  onTool: (tool: MessageTool | null) => void;
  onEdit: (message: LocalMessage) => void;
  onRemove: (message: LocalMessage) => void;
}) {
  const t = useTranslations("inbox");
  const { message } = tool;
  const close = () => onTool(null);
  const choose = (choice: MenuChoice) => {
    if (choice === "edit") onEdit(message);
    // After the menu has closed and given the focus back.
    else setTimeout(() => onTool({ kind: choice, message }));
  };
  if (tool.kind === "menu") {
    return <MessageMenu key={message.id} message={message} at={tool.at} onChoose={choose} onClose={close} />;
  }
  if (tool.kind === "details") return <MessageDetailsDialog message={message} onClose={close} />;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && close()}
      title={t("remove.title")}
      description={t("remove.detail")}
      confirmLabel={t("remove.confirm")}
      onConfirm={() => {
        onRemove(message);
        close();
      }}
    />
  );
}
