/**
 * The gateway's shapes as far as we read them (CONTRACT §11-§13). Nested content stays unread until
 * somebody asks for it, which bounds the work per webhook.
 */
import { z } from "zod";
import {
  anything,
  bytes,
  count,
  duration,
  filledText,
  flag,
  id,
  lenient,
  list,
  long,
  object,
  optionalText,
  text,
  wordOrNumber,
} from "./wire-values.ts";

// --- around the content -------------------------------------------------------------------------

export const Envelope = z.object({
  event: optionalText,
  sender: id,
  date_time: optionalText,
  data: anything,
});

export const MessageKey = z.object({
  id,
  remoteJid: id,
  remoteJidAlt: id,
  fromMe: flag,
  participant: id,
  participantAlt: id,
  // Names of older gateways for the alternative addresses (§14.2).
  senderPn: id,
  senderLid: id,
  participantPn: id,
  participantLid: id,
  deleted: flag,
});
export type MessageKey = z.output<typeof MessageKey>;

export const MessageRecord = z.object({
  key: anything,
  pushName: filledText,
  status: anything,
  message: object,
  contextInfo: object,
  messageType: id,
  messageTimestamp: long,
  MessageUpdate: list,
});
export type MessageRecord = z.output<typeof MessageRecord>;

export const ContextInfo = z.object({
  stanzaId: id,
  participant: id,
  quotedMessage: object,
  mentionedJid: list,
  isForwarded: flag,
  forwardingScore: long,
  expiration: count,
  externalAdReply: object,
  entryPointConversionSource: optionalText,
});
export const AdReply = z.object({
  title: filledText,
  body: filledText,
  sourceType: optionalText,
  sourceId: id,
  sourceUrl: filledText,
  ctwaClid: filledText,
});
export const MessageAssociation = z.object({ associationType: anything, parentMessageKey: anything });

// --- content ------------------------------------------------------------------------------------

export const TextContent = z.object({ text: optionalText });
export const CaptionedContent = z.object({ caption: filledText, text: filledText });
export const MediaContent = z.object({
  caption: filledText,
  mimetype: filledText,
  // Cloud numbers through the gateway keep Meta's names (§16).
  mime_type: filledText,
  filename: filledText,
  voice: flag,
  fileName: filledText,
  title: filledText,
  fileLength: count,
  width: count,
  height: count,
  seconds: duration,
  ptt: flag,
  gifPlayback: flag,
  viewOnce: flag,
  isAnimated: flag,
  isLottie: flag,
  waveform: bytes,
  jpegThumbnail: bytes,
});
export type MediaContent = z.output<typeof MediaContent>;
export const LocationContent = z.object({
  degreesLatitude: long,
  degreesLongitude: long,
  name: filledText,
  address: filledText,
  caption: filledText,
});
export const ContactContent = z.object({ displayName: filledText, vcard: filledText });
export const ContactsContent = z.object({ contacts: list });
export const PollContent = z.object({ name: optionalText, options: list, selectableOptionsCount: count });
export const PollOption = z.object({ optionName: optionalText });
export const ReactionContent = z.object({ key: anything, text: optionalText });
export const PinContent = z.object({ type: anything, keepType: anything });
/** Union of what WhatsApp's protocol messages carry; as `messages.edited` (§13.4). */
export const ProtocolMessage = z.object({
  key: anything,
  type: wordOrNumber,
  editedMessage: object,
  timestampMs: long,
});

// --- buttons, lists, orders ---------------------------------------------------------------------

export const ButtonsResponse = z.object({ selectedDisplayText: optionalText, selectedButtonId: id });
export const TemplateButtonReply = z.object({ selectedDisplayText: optionalText, selectedId: id });
export const ListResponse = z.object({ title: optionalText, singleSelectReply: object });
export const ListReply = z.object({ selectedRowId: id });
export const TextBlock = z.object({ text: filledText, title: filledText });
export const InteractiveResponse = z.object({ body: object, nativeFlowResponseMessage: object });
export const NativeFlowResponse = z.object({ name: filledText, paramsJson: optionalText });
export const FlowParams = z.object({
  id,
  display_text: filledText,
  title: filledText,
  url: filledText,
  sections: list,
});
export const TemplateContent = z.object({
  hydratedTemplate: object,
  hydratedFourRowTemplate: object,
  interactiveMessageTemplate: object,
});
export const HydratedTemplate = z.object({
  hydratedTitleText: filledText,
  hydratedContentText: optionalText,
  hydratedFooterText: filledText,
  hydratedButtons: list,
});
export const HydratedButton = z.object({ quickReplyButton: object, urlButton: object, callButton: object });
export const HydratedAction = z.object({
  displayText: filledText,
  id,
  url: filledText,
  phoneNumber: filledText,
});
export const ButtonsContent = z.object({
  contentText: optionalText,
  text: filledText,
  footerText: filledText,
  buttons: list,
});
export const Button = z.object({ buttonId: id, buttonText: object });
export const ButtonText = z.object({ displayText: filledText });
export const InteractiveContent = z.object({
  header: object,
  body: object,
  footer: object,
  nativeFlowMessage: object,
});
export const NativeFlow = z.object({ buttons: list });
export const NativeFlowButton = z.object({ name: filledText, buttonParamsJson: optionalText });
export const ListContent = z.object({
  title: filledText,
  description: optionalText,
  footerText: filledText,
  sections: list,
});
export const ListSection = z.object({ rows: list });
export const ListRow = z.object({ rowId: id, id, title: filledText, description: filledText });
export const OrderContent = z.object({
  message: optionalText,
  orderTitle: filledText,
  totalAmount1000: long,
  totalCurrencyCode: filledText,
});
export const ProductContent = z.object({ product: object, body: filledText });
export const Product = z.object({
  productId: id,
  title: optionalText,
  description: filledText,
  currencyCode: filledText,
  priceAmount1000: long,
});
export const InviteContent = z.object({ groupName: filledText, caption: filledText });
export const EventContent = z.object({ name: optionalText, description: filledText, startTime: long });

// --- other events -------------------------------------------------------------------------------

export const StatusUpdate = z.object({
  keyId: id,
  fromMe: flag,
  participant: id,
  status: wordOrNumber,
});
export const QrUpdate = z.object({ qrcode: object, statusCode: long });
/** The QR object of webhooks, of create and of connect (§4). */
export const QrObject = z.object({
  pairingCode: filledText,
  code: filledText,
  base64: lenient(text.refine((url) => url.startsWith("data:image/"))),
});
export const ConnectionUpdate = z.object({
  state: optionalText,
  statusReason: long,
  wuid: id,
  profileName: filledText,
  profilePictureUrl: filledText,
});
export const StatusInstance = z.object({ status: optionalText, disconnectionReasonCode: long });
export const ContactUpdate = z.object({ remoteJid: id, pushName: filledText, profilePicUrl: filledText });
export const PresenceUpdate = z.object({ id, presences: object });
export const Presence = z.object({ lastKnownPresence: optionalText });
export const CallUpdate = z.object({
  id,
  chatId: id,
  from: id,
  groupJid: id,
  date: optionalText,
  status: optionalText,
  isVideo: flag,
});
export const GroupUpdate = z.object({ id, subject: optionalText, participants: list });
export const GroupParticipant = z.object({
  id,
  phoneNumber: id,
  lid: id,
  admin: optionalText,
  name: filledText,
});
export const GroupParticipantsUpdate = z.object({
  id,
  author: id,
  authorPn: id,
  action: optionalText,
  participants: list,
});

// --- answers to our calls -----------------------------------------------------------------------

export const StateAnswer = z.object({ instance: object });
export const InstanceState = z.object({ state: optionalText });
export const CreateAnswer = z.object({ instance: object, qrcode: object });
export const InstanceRow = z.object({
  name: optionalText,
  ownerJid: id,
  profileName: filledText,
  profilePicUrl: filledText,
  disconnectionReasonCode: long,
});
export const SendAnswer = z.object({ key: anything, messageTimestamp: long });
export const MediaAnswer = z.object({
  mimetype: filledText,
  fileName: filledText,
  base64: lenient(z.string()),
});
export const FindAnswer = z.object({ messages: object });
export const FoundMessages = z.object({ pages: count, records: list });
export const FoundStatus = z.object({ status: anything });
export const NumberAnswer = z.object({ jid: id, exists: flag, number: optionalText });
export const PictureAnswer = z.object({ profilePictureUrl: filledText });
/** What the adapter puts into `MediaSource.ref`. */
export const MediaRef = z.object({ id, message: object });
export type MediaRef = z.output<typeof MediaRef>;
