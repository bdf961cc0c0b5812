-- When a connected number was lost, and since when the gateway's record of it can be asked.
ALTER TABLE "channels" ADD COLUMN "lost_at" TIMESTAMPTZ(3),
ADD COLUMN "record_since" TIMESTAMPTZ(3);

-- A member has read the alert and needs its banner no more; it stays open until its cause is gone.
ALTER TABLE "alerts" ADD COLUMN "dismissed_at" TIMESTAMPTZ(3);

-- One open alert per channel and kind.
CREATE UNIQUE INDEX alerts_open ON alerts (tenant_id, channel_id, kind) WHERE resolved_at IS NULL;
