/**
 * What every WhatsApp provider looks like to the rest of Recado. Terms:
 *
 *   address     one name of a person or group on WhatsApp (phone id, lid, user id, group id)
 *   event       something the provider told us, in our words (`ChannelEvent`)
 *   content     what a message carries, the same shape in both directions
 *   access      the decrypted settings an adapter needs to talk for one channel
 *
 * Adapters never touch the database, and nothing outside their folder sees a provider payload.
 */
import type { ErrorCode } from "#lib/kernel/errors.ts";

export type ChannelKind = "evolution" | "cloud";

/**
 * `phone`: WhatsApp's own phone id in digits (may differ from E.164, phones.md section 1).
 * `lid` and `user` are opaque: never read a phone number out of them. `group`: the whole group jid.
 */
export type Address = { kind: "phone" | "lid" | "user" | "group"; id: string };

/** A file that still lies with the provider. `ref` is whatever the adapter needs to fetch it later. */
export type MediaSource = {
  ref: Record<string, unknown>;
  mimeType?: string;
  fileName?: string;
  sizeBytes?: number;
  width?: number;
  height?: number;
  durationS?: number;
  /** 64 amplitudes 0-100 of a voice note. */
  waveform?: number[];
  /** Small JPEG in base64 that came with the message. */
  thumbnail?: string;
};

export type ContactCard = { name: string; phones: string[]; emails?: string[]; organization?: string };

export type MessageContent =
  | { type: "text"; text: string }
  | { type: "image"; media: MediaSource; text?: string; viewOnce?: boolean }
  | { type: "video"; media: MediaSource; text?: string; viewOnce?: boolean; gif?: boolean; round?: boolean }
  | { type: "audio"; media: MediaSource }
  | { type: "voice"; media: MediaSource; viewOnce?: boolean }
  | { type: "document"; media: MediaSource; text?: string }
  | { type: "sticker"; media: MediaSource; animated?: boolean }
  | {
      type: "location";
      latitude: number;
      longitude: number;
      name?: string;
      address?: string;
      text?: string;
      live?: boolean;
    }
  | { type: "contacts"; contacts: ContactCard[] }
  | { type: "poll"; question: string; options: string[]; selectableCount: number }
  | {
      type: "interactive";
      /** `reply` is the customer's choice; the others were shown to the customer. */
      kind: "buttons" | "list" | "reply" | "order" | "product" | "template" | "event" | "invite";
      text: string;
      title?: string;
      footer?: string;
      options?: { id: string; title: string; description?: string }[];
      /** Id of the chosen button or row, when `kind` is `reply`. */
      choiceId?: string;
    }
  | { type: "system"; event: string; text?: string }
  /** Kept whole in the event log, shown as not supported. `reason` is the provider's own type name. */
  | { type: "unsupported"; reason: string; text?: string };

export type MessageType = MessageContent["type"];

export type QuotedMessage = { externalId: string; author?: Address; text?: string; type?: MessageType };

export type IncomingMessage = {
  /** The provider's id: the only identity of a message (evolution CONTRACT rule 2). */
  externalId: string;
  /** Every address of the chat partner (or the group) that this payload names, best first. */
  chat: Address[];
  /** Author inside a group; absent in one-to-one chats. */
  author?: { addresses: Address[]; name?: string };
  /** The chat partner's own WhatsApp name; never set on our own messages. */
  name?: string;
  /** True when the business wrote it (from the phone or through an API). */
  fromMe: boolean;
  /** True when it is the echo of a send through the provider's API. */
  viaApi: boolean;
  sentAt: Date;
  content: MessageContent;
  quoted?: QuotedMessage;
  mentions?: Address[];
  forwarded?: boolean;
  /** Seconds after which the message disappears. */
  expiresAfterS?: number;
  albumId?: string;
  ad?: { title?: string; body?: string; url?: string; sourceId?: string; clickId?: string };
  /** First status of our own message, when the provider gives one. */
  status?: ReceiptStatus;
};

export type ReceiptStatus = "sent" | "delivered" | "read" | "played" | "failed";

export type ChannelEvent =
  | { type: "message"; message: IncomingMessage; source: "live" | "history" }
  | {
      type: "receipt";
      externalId: string;
      status: ReceiptStatus;
      at?: Date;
      recipient?: Address;
      error?: ChannelFailure;
    }
  | { type: "read_on_phone"; externalId: string; at?: Date }
  | { type: "edit"; externalId: string; content: MessageContent; at: Date }
  | { type: "deletion"; externalId: string; at: Date; by?: Address }
  | {
      type: "reaction";
      targetExternalId: string;
      externalId?: string;
      chat: Address[];
      author?: Address;
      fromMe: boolean;
      emoji: string | null;
      at: Date;
    }
  | {
      type: "connection";
      state: "connecting" | "connected";
      ownPhone?: string;
      profileName?: string;
      pictureUrl?: string;
    }
  | { type: "disconnected"; code: number | null; cause: DisconnectCause; final: boolean }
  | { type: "qr"; qr: QrCode }
  | { type: "qr_exhausted" }
  | { type: "contact"; addresses: Address[]; name?: string; pictureUrl?: string }
  | {
      type: "group";
      group: Address;
      subject?: string;
      participants?: { addresses: Address[]; name?: string; admin: boolean }[];
    }
  | { type: "group_participants"; group: Address; action: string; participants: Address[]; author?: Address }
  | { type: "presence"; chat: Address[]; state: "typing" | "recording" | "online" | "offline" }
  | {
      type: "call";
      externalId: string;
      chat: Address[];
      status: "offered" | "accepted" | "rejected" | "missed" | "ended";
      video: boolean;
      at: Date;
    }
  /** Understood and not for us (status posts, key material, echoes of settings). */
  | { type: "ignored"; reason: string };

export type GroupInfo = {
  subject?: string;
  participants?: { addresses: Address[]; name?: string; admin: boolean }[];
};

/** Why a connection ended; each has a cause and a remedy in lib/i18n/messages (`disconnect.<cause>`). */
export const DISCONNECT_CAUSES = [
  "logged_out_on_phone",
  "banned",
  "replaced_elsewhere",
  "qr_exhausted",
  "pairing_refused",
  "session_broken",
  "instance_missing",
  "unresponsive",
  "unknown",
] as const;
export type DisconnectCause = (typeof DISCONNECT_CAUSES)[number];

export type ChannelFailure = { code: ErrorCode; detail?: string; providerCode?: string };

export type QrCode = {
  /** The text to draw. */
  code: string;
  /** The drawn code as a data:image/png URL. */
  image: string;
  pairingCode?: string;
};

export type ConnectionState =
  | { status: "connected"; ownPhone?: string; profileName?: string; pictureUrl?: string }
  | { status: "qr"; qr: QrCode }
  /** Opening, or a QR code that will follow as an event. */
  | { status: "connecting" }
  | { status: "disconnected"; cause?: DisconnectCause; code?: number };

/** Where and how the provider is reached for one channel; secrets are in the clear, never stored so. */
export type ChannelAccess =
  | { kind: "evolution"; baseUrl: string; globalKey: string; instanceName: string; instanceKey?: string }
  | {
      kind: "cloud";
      baseUrl: string;
      phoneNumberId: string;
      businessAccountId: string;
      accessToken: string;
      appSecret: string;
      verifyToken: string;
    };

export type WebhookTarget = { url: string; secret: string };

/** Bytes to send; the caller has sniffed the type and checked the size. */
export type OutgoingMedia = { bytes: Uint8Array; mimeType: string; fileName: string };

export type OutgoingContent =
  | { type: "text"; text: string }
  | { type: "image" | "video"; media: OutgoingMedia; text?: string }
  | { type: "document"; media: OutgoingMedia; text?: string }
  | { type: "audio" | "voice" | "sticker"; media: OutgoingMedia }
  | { type: "location"; latitude: number; longitude: number; name: string; address: string }
  | { type: "contacts"; contacts: ContactCard[] }
  | { type: "poll"; question: string; options: string[]; selectableCount: number }
  | { type: "reaction"; targetExternalId: string; targetFromMe: boolean; emoji: string | null };

export type OutgoingMessage = {
  /** Where to send: the first is an address WhatsApp itself used for this chat, when there is one. */
  to: Address;
  content: OutgoingContent;
  quoted?: { externalId: string; fromMe: boolean; text?: string; author?: Address };
};

/** The provider has taken the message; delivery is told by receipts. */
export type SendReceipt = { externalId: string; sentTo?: Address; at: Date };

/** A message as the provider's own record has it: used to find out about lost answers and gaps. */
export type ProviderRecord = { message: IncomingMessage; statuses: ReceiptStatus[]; deleted: boolean };

export type Capabilities = {
  qrLogin: boolean;
  groups: boolean;
  editMessages: boolean;
  deleteMessages: boolean;
  polls: boolean;
  stickers: boolean;
  templates: boolean;
  checkNumbers: boolean;
  /** Free text only within 24 h of the customer's last message. */
  replyWindow: boolean;
  history: boolean;
};

export type WebhookRequest = { headers: Headers; rawBody: string };

/**
 * One provider. Every call that leaves the machine has a time limit and throws AppError with a code
 * of lib/kernel/errors.ts; a send whose fate is not known throws `send_outcome_unknown`.
 */
export interface ChannelAdapter {
  readonly kind: ChannelKind;
  readonly capabilities: Capabilities;

  /** True when the request proves to come from our provider. `secrets`: current first, then former ones. */
  verify(request: WebhookRequest, secrets: readonly string[]): boolean;
  /** The chat a webhook belongs to, as plain text; events of one key are processed in order of arrival. */
  routingKey(payload: unknown): string;
  /** Short name of the webhook for the event log, for example `messages.upsert`. */
  eventName(payload: unknown): string;
  /** Theirs to ours. Never throws on unknown shapes: those become `ignored` or `unsupported`. */
  parse(payload: unknown): ChannelEvent[];

  /** Makes the provider ready and connects: creates what is missing, registers our webhook. Safe to repeat. */
  connect(
    access: ChannelAccess,
    webhook: WebhookTarget,
    options?: { pairingPhone?: string },
  ): Promise<ConnectionState>;
  connectionState(access: ChannelAccess): Promise<ConnectionState>;
  restart(access: ChannelAccess): Promise<void>;
  /** Logs out and frees the provider's side; a later `connect` starts afresh. Done already: fine. */
  disconnect(access: ChannelAccess): Promise<void>;
  /** Throws unless the provider answers and accepts our key. */
  ping(access: ChannelAccess): Promise<void>;

  send(access: ChannelAccess, message: OutgoingMessage): Promise<SendReceipt>;
  edit(access: ChannelAccess, target: { to: Address; externalId: string }, text: string): Promise<void>;
  delete(access: ChannelAccess, target: { to: Address; externalId: string }): Promise<void>;
  markRead(
    access: ChannelAccess,
    messages: { chat: Address[]; externalId: string; author?: Address }[],
  ): Promise<void>;
  fetchMedia(access: ChannelAccess, ref: Record<string, unknown>): Promise<OutgoingMedia>;
  /** Messages the provider has on record for these addresses in a closed time window, newest first. */
  findMessages(
    access: ChannelAccess,
    query: { chat?: Address[]; fromMe?: boolean; from: Date; to: Date; limit: number },
  ): Promise<ProviderRecord[]>;
  /** The ids under which WhatsApp knows these phone digits; a number that is not there is left out. */
  checkNumbers(
    access: ChannelAccess,
    digits: readonly string[],
  ): Promise<{ asked: string; address: Address }[]>;
  fetchPicture(access: ChannelAccess, address: Address): Promise<string | null>;
  /** Name and members of a group; null when the provider cannot tell. */
  fetchGroup(access: ChannelAccess, group: Address): Promise<GroupInfo | null>;
}
