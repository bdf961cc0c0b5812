-- Profile pictures are kept by us: the provider's URL dies after some days.
ALTER TABLE "contacts" ADD COLUMN "picture_hash" TEXT,
ADD COLUMN "picture_type" TEXT,
ADD COLUMN "picture_asked_at" TIMESTAMPTZ(3);
