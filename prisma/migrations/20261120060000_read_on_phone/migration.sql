-- Up to when the owner has read a chat on the business's own phone; messages from before that come late are not unread.
ALTER TABLE "conversations" ADD COLUMN "read_on_phone_at" TIMESTAMPTZ(3);
