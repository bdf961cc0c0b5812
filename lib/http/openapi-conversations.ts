import { z } from "zod";
import type { ZodOpenApiPathsObject } from "zod-openapi";
import {
  ContactMergeView,
  ContactView,
  ListContacts,
  ListGroups,
  MergeContact,
  UpdateContact,
  UpdateGroup,
} from "#lib/domain/contacts/schema.ts";
import {
  ConversationView,
  ListConversations,
  OpenConversation,
  UpdateConversation,
} from "#lib/domain/conversations/schema.ts";
import { GapView } from "#lib/domain/gaps/schema.ts";
import { ServeMedia, ServeThumbnail, UploadFields } from "#lib/domain/media/schema.ts";
import {
  EditMessage,
  MediaView,
  MessageView,
  SendMessage,
  SendToPhone,
} from "#lib/domain/messages/schema.ts";
import { idSchema } from "#lib/kernel/id-schema.ts";
import { PageQuery } from "#lib/kernel/page-schema.ts";
import { operation, pageOf } from "./openapi-operation.ts";

const Conversation = ConversationView.meta({ id: "Conversation" });
const Contact = ContactView.meta({ id: "Contact" });
const Message = MessageView.meta({ id: "Message" });

/** People, their chats, messages and files. */
export const CONVERSATION_PATHS: ZodOpenApiPathsObject = {
  "/api/v1/conversations": {
    get: operation({
      summary: "Conversations, newest first",
      query: ListConversations,
      scope: "conversations:read",
      answer: pageOf(Conversation),
    }),
    post: operation({
      summary: "Open the conversation with a phone number",
      body: OpenConversation,
      idempotent: true,
      scope: "conversations:write",
      answer: Conversation,
      created: true,
    }),
  },
  "/api/v1/conversations/{id}": {
    get: operation({
      summary: "One conversation",
      id: "conversation",
      scope: "conversations:read",
      answer: Conversation,
    }),
    patch: operation({
      summary: "Close or reopen",
      id: "conversation",
      body: UpdateConversation,
      scope: "conversations:write",
      answer: Conversation,
    }),
  },
  "/api/v1/conversations/{id}/messages": {
    get: operation({
      summary: "Messages, newest first",
      id: "conversation",
      query: PageQuery,
      scope: "messages:read",
      answer: pageOf(Message),
    }),
    post: operation({
      summary: "Send a message",
      id: "conversation",
      body: SendMessage,
      idempotent: true,
      scope: "messages:write",
      answer: Message,
      created: true,
    }),
  },
  "/api/v1/conversations/{id}/read": {
    post: operation({
      summary: "Mark as read",
      id: "conversation",
      scope: "conversations:write",
      answer: Conversation,
    }),
  },
  "/api/v1/conversations/{id}/gaps": {
    get: operation({
      summary: "Stretches of time in which messages may be missing",
      id: "conversation",
      scope: "messages:read",
      answer: pageOf(GapView),
    }),
  },
  "/api/v1/messages": {
    post: operation({
      summary: "Send a message to a phone number",
      body: SendToPhone,
      idempotent: true,
      scope: "messages:write",
      answer: Message,
      created: true,
    }),
  },
  "/api/v1/messages/{id}": {
    get: operation({ summary: "One message", id: "message", scope: "messages:read", answer: Message }),
    patch: operation({
      summary: "Edit a message of yours on WhatsApp, within 15 minutes",
      id: "message",
      body: EditMessage,
      scope: "messages:write",
      answer: Message,
    }),
    delete: operation({
      summary: "Delete a message of yours for everyone",
      id: "message",
      scope: "messages:write",
      answer: Message,
    }),
  },
  "/api/v1/messages/{id}/retry": {
    post: operation({
      summary: "Send a failed or unconfirmed message again",
      id: "message",
      scope: "messages:write",
      answer: Message,
    }),
  },
  "/api/v1/contacts": {
    get: operation({
      summary: "People, newest first, by name or phone",
      query: ListContacts,
      scope: "contacts:read",
      answer: pageOf(Contact),
    }),
  },
  "/api/v1/contacts/{id}": {
    get: operation({ summary: "One contact", id: "contact", scope: "contacts:read", answer: Contact }),
    patch: operation({
      summary: "Name a contact",
      id: "contact",
      body: UpdateContact,
      scope: "contacts:write",
      answer: Contact,
    }),
  },
  "/api/v1/contacts/{id}/picture": {
    get: operation({
      summary: "The contact's picture",
      id: "contact",
      scope: "contacts:read",
      answer: "image/*",
    }),
  },
  "/api/v1/contacts/{id}/merge": {
    post: operation({
      summary: "Both are one person: the older contact remains",
      id: "contact",
      body: MergeContact,
      idempotent: true,
      scope: "contacts:write",
      answer: ContactMergeView,
      created: true,
    }),
  },
  "/api/v1/contacts/{id}/merges": {
    get: operation({
      summary: "What was merged into a contact",
      id: "contact",
      query: PageQuery,
      scope: "contacts:read",
      answer: pageOf(ContactMergeView),
    }),
  },
  "/api/v1/contacts/{id}/merges/{mergeId}/undo": {
    post: operation({
      summary: "Take a merge back: answers the restored contact",
      path: z.object({ id: idSchema("contact"), mergeId: idSchema("merge") }),
      scope: "contacts:write",
      answer: Contact,
    }),
  },
  "/api/v1/groups": {
    get: operation({
      summary: "Groups of a channel, shown in the inbox or not",
      query: ListGroups,
      scope: "conversations:read",
      answer: pageOf(Conversation),
    }),
  },
  "/api/v1/groups/{id}": {
    patch: operation({
      summary: "Show a group in the inbox, or hide it",
      id: "conversation",
      body: UpdateGroup,
      scope: "conversations:write",
      answer: Conversation,
    }),
  },
  "/api/v1/media": {
    post: operation({
      summary: "Upload a file to send; unsent ones go after a day",
      form: UploadFields,
      scope: "messages:write",
      answer: MediaView,
      created: true,
    }),
  },
  "/api/v1/media/{id}": {
    get: operation({
      summary: "The file of a message",
      id: "media",
      query: ServeMedia,
      scope: "messages:read",
      answer: "file",
    }),
  },
  "/api/v1/media/{id}/thumbnail": {
    get: operation({
      summary: "A small picture of it, where there is one",
      id: "media",
      query: ServeThumbnail,
      scope: "messages:read",
      answer: "file",
    }),
  },
  "/api/v1/media/{id}/retry": {
    post: operation({
      summary: "Fetch a file again that could not be fetched",
      id: "media",
      scope: "messages:write",
      answer: MediaView,
    }),
  },
};
