-- The event log by kind of event, and by the states that are few among many.
CREATE INDEX "inbound_events_tenant_id_name_received_at_id_idx" ON "inbound_events"("tenant_id", "name", "received_at" DESC, "id" DESC);
CREATE INDEX inbound_events_ignored ON inbound_events (tenant_id, received_at DESC, id DESC) WHERE status = 'ignored';

-- For the daily purge.
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");
