/** What each recorded webhook that is no ordinary message must become, in full. */
import type { ChannelEvent } from "#lib/channel-adapters/contract.ts";
import { ANA, group, lid, OURS, phone } from "./expected-messages.ts";

const at = (iso: string) => new Date(iso);
const ignored = (reason: string): ChannelEvent[] => [{ type: "ignored", reason }];
const receipt = (externalId: string, status: "sent" | "delivered" | "read" | "played"): ChannelEvent[] => [
  { type: "receipt", externalId, status },
];
const edit = (externalId: string, text: string, time: string): ChannelEvent[] => [
  { type: "edit", externalId, content: { type: "text", text }, at: at(time) },
];
const ended = (code: number | null, cause: "logged_out_on_phone" | "banned" | "unknown"): ChannelEvent[] => [
  { type: "disconnected", code, cause, final: true },
];
const picture = (digits: string) =>
  `https://pps.whatsapp.net/v/t61.24694-24/${digits}_n.jpg?ccb=11-4&oh=01_Q5Aa&oe=68F00000`;

const VIP = group("120363025246125486");
const NEW_GROUP = group("120363077770000001");
const CLOUD_ID = "wamid.SEJnTDUxOTg3NjU0MzIxVkFnQVJGQ0Y3ODc4ODkzMzU3NzcyMTc==";
const cloudReceipt = (status: "sent" | "delivered" | "read"): ChannelEvent[] => [
  { type: "receipt", externalId: CLOUD_ID, status, recipient: ANA },
];

const CONNECTION: Record<string, ChannelEvent[]> = {
  "qrcode.updated.limit": [{ type: "qr_exhausted" }],
  "connection.update.connecting": [{ type: "connection", state: "connecting" }],
  "connection.update.open": [
    {
      type: "connection",
      state: "connected",
      ownPhone: "51900000002",
      profileName: "Acme Ventas",
      pictureUrl: picture("51900000002"),
    },
  ],
  "connection.update.close-401": ended(401, "logged_out_on_phone"),
  "connection.update.close-403": ended(403, "banned"),
  "connection.update.refused": [{ type: "disconnected", code: 428, cause: "qr_exhausted", final: true }],
  "status.instance.closed": ended(401, "logged_out_on_phone"),
  "logout.instance": ended(null, "unknown"),
};

const RECEIPTS: Record<string, ChannelEvent[]> = {
  "messages.update.server-ack": receipt("3EB0D5CBDAF859784A91CF", "sent"),
  "messages.update.delivery-ack": receipt("3EB0D5CBDAF859784A91CF", "delivered"),
  "messages.update.read": receipt("3EB03D32BACB0E46CFCE97", "read"),
  "messages.update.played": receipt("3EB03D32BACB0E46CFCE97", "played"),
  "messages.update.jid-differs": receipt("3EB042DFEBD92BF1C4B8C8", "read"),
  "messages.update.error": [
    {
      type: "receipt",
      externalId: "3EB0D3E9E72A8FBD779709",
      status: "failed",
      error: { code: "message_refused" },
    },
  ],
  "messages.update.read-on-phone": [
    { type: "read_on_phone", externalId: "ACREADSELF0000000000000000000001" },
  ],
  "messages.update.poll-votes": ignored("receipt with status DELETED"),
  "cloud.messages.update.sent": cloudReceipt("sent"),
  "cloud.messages.update.delivered": cloudReceipt("delivered"),
  "cloud.messages.update.read": cloudReceipt("read"),
  "cloud.messages.update.failed": [
    {
      type: "receipt",
      externalId: CLOUD_ID,
      status: "failed",
      recipient: ANA,
      error: { code: "message_refused" },
    },
  ],
};

const CHANGES: Record<string, ChannelEvent[]> = {
  "messages.edited": edit("AC9DC506ABAF4D3091F829773B0A3D4E", "precio 120", "2026-11-20T08:33:27.457Z"),
  "messages.edited.link": edit(
    "AC9DC506ABAF4D3091F829773B0A3D4E",
    "precio 130 https://x.pe",
    "2026-11-20T08:33:28.394Z",
  ),
  "messages.edited.lid": edit(
    "AC5A42B742292238FB2B075845404DA6",
    "Hola desde LID (editado)",
    "2026-11-20T08:55:51.541Z",
  ),
  "messages.edited.own-phone": edit(
    "3AOWNORIG00000000001",
    "corregido desde celular",
    "2026-11-20T08:55:52.453Z",
  ),
  "send.message.update": edit("3EB09B6C08608282B5B126", "precio 12", "2026-11-20T08:39:19.618Z"),
  // A deletion has no time of its own: the webhook's counts.
  "messages.edited.revoke": [
    { type: "deletion", externalId: "AC16DEBA046A857AC0CC94DE8FC6ECB9", at: at("2026-11-20T08:33:31.237Z") },
  ],
  "messages.delete": [
    { type: "deletion", externalId: "AC16DEBA046A857AC0CC94DE8FC6ECB9", at: at("2026-11-20T08:33:31.242Z") },
  ],
  "messages.delete.own-phone": [
    { type: "deletion", externalId: "3AREVOKEME0000000001", at: at("2026-11-20T08:55:54.305Z") },
  ],
  "messages.delete.api": [
    { type: "deletion", externalId: "3EB09B6C08608282B5B126", at: at("2026-11-20T08:39:23.135Z") },
  ],
  "messages.delete.group-admin": [
    {
      type: "deletion",
      externalId: "ACGRPSPAM00000000000000000000001",
      at: at("2026-11-20T08:55:56.140Z"),
      by: ANA,
    },
  ],
  "messages.edited.not-an-edit-key-share": ignored("protocol message APP_STATE_SYNC_KEY_SHARE"),
  "messages.edited.not-an-edit-history": ignored("protocol message HISTORY_SYNC_NOTIFICATION"),
  "messages.edited.not-an-edit-ephemeral": ignored("protocol message EPHEMERAL_SETTING"),
};

const reaction = (
  targetExternalId: string,
  externalId: string,
  emoji: string | null,
  seconds: number,
  fromMe = false,
): ChannelEvent[] => [
  {
    type: "reaction",
    targetExternalId,
    externalId,
    chat: [ANA],
    fromMe,
    emoji,
    at: new Date(seconds * 1000),
  },
];

const CLOUD_TARGET = "wamid.HBgLNTE5ODc2NTQzMjEVAgASGBQzQUE0001A=";
const REACTIONS: Record<string, ChannelEvent[]> = {
  "messages.upsert.reaction": reaction("3EB0OURMESSAGE", "AC146FF2C9B80F42A92722D9B182F723", "❤️", 1795163525),
  "messages.upsert.reaction-removed": reaction(
    "3EB0OURMESSAGE",
    "AC35517D8026DE8B8DA0C31228BE98EB",
    null,
    1795163526,
  ),
  "messages.upsert.reaction-own-phone": reaction(
    "ACORIG00000000000000000000000001",
    "3A284317BCA25B81548F",
    "🙏",
    1795164938,
    true,
  ),
  "send.message.reaction": reaction(
    "3EB0D5CBDAF859784A91CF",
    "3EB06C9540473C2617DD3E",
    "👍",
    1795163825,
    true,
  ),
  "cloud.messages.upsert.reaction": reaction(
    CLOUD_TARGET,
    "wamid.HBgLNTE5ODc2NTQzMjEVAgASGBQzQUE0013A=",
    "❤️",
    1795163019,
  ),
  "cloud.messages.upsert.reaction-removed": reaction(
    CLOUD_TARGET,
    "wamid.HBgLNTE5ODc2NTQzMjEVAgASGBQzQUE0014A=",
    null,
    1795163019,
  ),
};

const HISTORY: Record<string, ChannelEvent[]> = {
  "messages.set": [
    {
      type: "message",
      source: "history",
      message: {
        externalId: "ACHIST00000000000000000000000001",
        chat: [phone("51933333333")],
        name: "Carlos",
        fromMe: false,
        viaApi: false,
        sentAt: new Date(1795077962_000),
        content: { type: "text", text: "mensaje histórico" },
      },
    },
    {
      type: "message",
      source: "history",
      message: {
        externalId: "3AHIST00000000000002",
        chat: [phone("51933333333")],
        fromMe: true,
        viaApi: false,
        sentAt: new Date(1795077972_000),
        content: { type: "text", text: "respuesta histórica" },
        status: "read",
      },
    },
    {
      type: "message",
      source: "history",
      message: {
        externalId: "ACHIST00000000000000000000000003",
        // Its push name is only the digits of the LID: no name, and above all no phone.
        chat: [lid("185820110888001")],
        fromMe: false,
        viaApi: false,
        sentAt: new Date(1795077982_000),
        content: {
          type: "image",
          media: { ref: {}, mimeType: "image/jpeg", sizeBytes: 1000 },
          text: "foto vieja",
        },
      },
    },
    {
      type: "message",
      source: "history",
      message: {
        externalId: "ACHIST00000000000000000000000004",
        chat: [VIP],
        author: { addresses: [ANA] },
        fromMe: false,
        viaApi: false,
        sentAt: new Date(1795077992_000),
        content: { type: "text", text: "en el grupo" },
      },
    },
  ],
};

const CHATS: Record<string, ChannelEvent[]> = {
  "contacts.upsert.object": [
    { type: "contact", addresses: [phone("51911110002")], pictureUrl: picture("51911110002") },
  ],
  "contacts.upsert.array": [
    { type: "contact", addresses: [phone("51933333333")], name: "Carlos Ruiz Pérez" },
  ],
  "contacts.update.object": [
    { type: "contact", addresses: [ANA], name: "Ana Pérez", pictureUrl: picture("51987654321") },
  ],
  "contacts.update.array": [{ type: "contact", addresses: [ANA], pictureUrl: picture("51987654321") }],
  "cloud.contacts.upsert": ignored("contact: no chat in it"),
  "presence.update.composing": [{ type: "presence", chat: [ANA], state: "typing" }],
  "presence.update.recording": [{ type: "presence", chat: [ANA], state: "recording" }],
  "presence.update.paused": [{ type: "presence", chat: [ANA], state: "online" }],
  "presence.update.unavailable": [{ type: "presence", chat: [ANA], state: "offline" }],
  "presence.update.group": [{ type: "presence", chat: [VIP], state: "typing" }],
  "call.offer": [
    {
      type: "call",
      externalId: "CALL0001",
      chat: [ANA],
      status: "offered",
      video: false,
      at: at("2026-11-20T08:33:55.000Z"),
    },
  ],
  "call.timeout": [
    {
      type: "call",
      externalId: "CALL0001",
      chat: [ANA],
      status: "missed",
      video: false,
      at: at("2026-11-20T08:33:57.000Z"),
    },
  ],
  "groups.upsert": [
    {
      type: "group",
      group: NEW_GROUP,
      subject: "Nuevo grupo",
      participants: [
        { addresses: [ANA], admin: true },
        { addresses: [OURS], admin: false },
      ],
    },
  ],
  "groups.update": [{ type: "group", group: VIP, subject: "Clientes VIP 2" }],
  "group-participants.update": [
    {
      type: "group_participants",
      group: VIP,
      action: "add",
      participants: [phone("51977777777")],
      author: ANA,
    },
  ],
};

const IGNORED: Record<string, ChannelEvent[]> = {
  "messages.upsert.status-post": ignored("status post"),
  "send.message.status-post": ignored("status post"),
  "messages.upsert.broadcast-list": ignored("broadcast list"),
  "messages.upsert.sender-key-only": ignored("key material of a group"),
  "instance.create": ignored("event instance.create"),
  "instance.delete": ignored("event instance.delete"),
  "remove.instance": ignored("event remove.instance"),
  "chats.update": ignored("event chats.update"),
  "chats.upsert": ignored("event chats.upsert"),
  "chats.set": ignored("event chats.set"),
  "chats.delete": ignored("event chats.delete"),
  "labels.edit": ignored("event labels.edit"),
  "labels.edit.deleted": ignored("event labels.edit"),
  "labels.association": ignored("event labels.association"),
  "typebot.start": ignored("event typebot.start"),
  "global.error": ignored("event error"),
  // Bare data without an envelope, which we never ask for.
  "cloud.template-callback": ignored("event unknown"),
  "cloud.template-status": ignored("event unknown"),
};

export const EXPECTED_EVENTS: Record<string, ChannelEvent[]> = {
  ...CONNECTION,
  ...RECEIPTS,
  ...CHANGES,
  ...REACTIONS,
  ...HISTORY,
  ...CHATS,
  ...IGNORED,
};
