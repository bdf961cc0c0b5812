-- The ends of the two lines of messages that wait for their turn, and sends since the last receipt.
ALTER TABLE "channels" ADD COLUMN "replies_after" TIMESTAMPTZ(3),
ADD COLUMN "outreach_after" TIMESTAMPTZ(3),
ADD COLUMN "sends_unanswered" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "unanswered_since" TIMESTAMPTZ(3),
ADD COLUMN "resumed_at" TIMESTAMPTZ(3);

-- Who waits in a chat, and on a channel when its sends are resumed.
CREATE INDEX messages_waiting ON messages (conversation_id, ordered_at, id)
  WHERE status = 'queued' AND wait_reason IS NOT NULL;
CREATE INDEX messages_waiting_on_channel ON messages (tenant_id, channel_id)
  WHERE status = 'queued' AND wait_reason IS NOT NULL;
