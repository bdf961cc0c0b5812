import {
  BarChart3,
  Contact,
  FileText,
  ImageIcon,
  type LucideIcon,
  MapPin,
  MessageSquareDashed,
  MessageSquareText,
  Mic,
  Music,
  SmilePlus,
  Sticker,
  Video,
} from "lucide-react";
import type { MessageType } from "#lib/domain/messages/schema.ts";

/** The sign of each type that is more than text; its word is `inbox.types.<type>`. */
const ICONS: Record<Exclude<MessageType, "text" | "system">, LucideIcon> = {
  image: ImageIcon,
  video: Video,
  audio: Music,
  voice: Mic,
  document: FileText,
  sticker: Sticker,
  location: MapPin,
  contacts: Contact,
  reaction: SmilePlus,
  poll: BarChart3,
  interactive: MessageSquareText,
  template: MessageSquareText,
  unsupported: MessageSquareDashed,
};

export function MessageTypeIcon({ type, className }: { type: MessageType; className?: string }) {
  if (type === "text" || type === "system") return null;
  const Icon = ICONS[type];
  return <Icon aria-hidden className={className} />;
}
