-- Whether a file is still in use is asked by either of the names a row gives it.
CREATE INDEX "media_tenant_id_thumb_hash_idx" ON "media"("tenant_id", "thumb_hash");

-- Uploads that were not sent, for the hourly purge.
CREATE INDEX media_unsent ON media (created_at) WHERE message_id IS NULL;
