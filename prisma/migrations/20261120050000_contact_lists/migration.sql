-- The list of contacts, newest first.
CREATE INDEX "contacts_tenant_id_created_at_id_idx" ON "contacts"("tenant_id", "created_at" DESC, "id" DESC);

-- The groups of a channel: few among many chats.
CREATE INDEX conversations_groups ON conversations (tenant_id, channel_id, last_message_at DESC, id DESC)
WHERE address_kind = 'group';
