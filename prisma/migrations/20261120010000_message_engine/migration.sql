-- CreateEnum
CREATE TYPE "media_status" AS ENUM ('pending', 'ready', 'failed');

-- AlterTable
ALTER TABLE "channels" ADD COLUMN     "connected_first_at" TIMESTAMPTZ(3),
ADD COLUMN     "first_contacts_today" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "pacing" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "pacing_at" TIMESTAMPTZ(3),
ADD COLUMN     "pacing_day" TEXT,
ADD COLUMN     "pacing_tokens" DOUBLE PRECISION NOT NULL DEFAULT 0,
ADD COLUMN     "probed_at" TIMESTAMPTZ(3),
ADD COLUMN     "reconciled_at" TIMESTAMPTZ(3),
ADD COLUMN     "stop_reason" TEXT,
ADD COLUMN     "stopped_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "conversations" ADD COLUMN     "allowed" BOOLEAN NOT NULL DEFAULT true;

-- AlterTable
ALTER TABLE "messages" ADD COLUMN     "change_error" TEXT,
ADD COLUMN     "forwarded" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "pending_delete" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "pending_text" TEXT,
ADD COLUMN     "recovered" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "wait_reason" TEXT,
ADD COLUMN     "wait_until" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "tenants" ADD COLUMN     "event_retention_days" INTEGER NOT NULL DEFAULT 30;

-- CreateTable
CREATE TABLE "alerts" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL DEFAULT current_setting('app.tenant_id'),
    "kind" TEXT NOT NULL,
    "channel_id" TEXT,
    "data" JSONB NOT NULL DEFAULT '{}',
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "mailed_at" TIMESTAMPTZ(3),
    "resolved_at" TIMESTAMPTZ(3),

    CONSTRAINT "alerts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "contact_merges" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL DEFAULT current_setting('app.tenant_id'),
    "survivor_id" TEXT NOT NULL,
    "merged" JSONB NOT NULL,
    "moved" JSONB NOT NULL,
    "reason" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "undone_at" TIMESTAMPTZ(3),

    CONSTRAINT "contact_merges_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "gaps" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL DEFAULT current_setting('app.tenant_id'),
    "conversation_id" TEXT NOT NULL,
    "from" TIMESTAMPTZ(3) NOT NULL,
    "to" TIMESTAMPTZ(3) NOT NULL,
    "reason" TEXT NOT NULL,

    CONSTRAINT "gaps_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "media" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL DEFAULT current_setting('app.tenant_id'),
    "message_id" TEXT,
    "status" "media_status" NOT NULL,
    "source" JSONB,
    "mime_type" TEXT,
    "file_name" TEXT,
    "size_bytes" INTEGER,
    "width" INTEGER,
    "height" INTEGER,
    "duration_s" INTEGER,
    "waveform" INTEGER[],
    "preview" TEXT,
    "hash" TEXT,
    "thumb_hash" TEXT,
    "error_code" TEXT,
    "error_detail" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(3),

    CONSTRAINT "media_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reactions" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL DEFAULT current_setting('app.tenant_id'),
    "message_id" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "author_name" TEXT,
    "emoji" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "reactions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "message_versions" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL DEFAULT current_setting('app.tenant_id'),
    "message_id" TEXT NOT NULL,
    "text" TEXT,
    "content" JSONB NOT NULL DEFAULT '{}',
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "message_versions_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "alerts_tenant_id_resolved_at_at_idx" ON "alerts"("tenant_id", "resolved_at", "at" DESC);

-- CreateIndex
CREATE INDEX "contact_merges_tenant_id_survivor_id_at_idx" ON "contact_merges"("tenant_id", "survivor_id", "at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "gaps_tenant_id_conversation_id_from_key" ON "gaps"("tenant_id", "conversation_id", "from");

-- CreateIndex
CREATE INDEX "media_tenant_id_hash_idx" ON "media"("tenant_id", "hash");

-- CreateIndex
CREATE UNIQUE INDEX "media_tenant_id_id_key" ON "media"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "media_tenant_id_message_id_key" ON "media"("tenant_id", "message_id");

-- CreateIndex
CREATE UNIQUE INDEX "reactions_tenant_id_message_id_author_key" ON "reactions"("tenant_id", "message_id", "author");

-- CreateIndex
CREATE INDEX "message_versions_tenant_id_message_id_until_idx" ON "message_versions"("tenant_id", "message_id", "until");

-- CreateIndex
CREATE INDEX "inbound_events_tenant_id_channel_id_received_at_id_idx" ON "inbound_events"("tenant_id", "channel_id", "received_at" DESC, "id" DESC);

-- AddForeignKey
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_tenant_id_channel_id_fkey" FOREIGN KEY ("tenant_id", "channel_id") REFERENCES "channels"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "gaps" ADD CONSTRAINT "gaps_tenant_id_conversation_id_fkey" FOREIGN KEY ("tenant_id", "conversation_id") REFERENCES "conversations"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "media" ADD CONSTRAINT "media_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "messages"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reactions" ADD CONSTRAINT "reactions_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "messages"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "message_versions" ADD CONSTRAINT "message_versions_tenant_id_message_id_fkey" FOREIGN KEY ("tenant_id", "message_id") REFERENCES "messages"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;


-- Tenancy of the new tables.
CALL recado_protect_table('media');
CALL recado_protect_table('reactions');
CALL recado_protect_table('message_versions');
CALL recado_protect_table('gaps');
CALL recado_protect_table('contact_merges');
CALL recado_protect_table('alerts');

-- Files that still have to be fetched.
CREATE INDEX media_pending ON media (tenant_id, created_at) WHERE status = 'pending';
