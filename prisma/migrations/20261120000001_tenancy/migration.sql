-- Two roles nobody logs in as. Every transaction of the product takes on one of them (lib/db):
--   recado_tenant  sees only the rows of the tenant named in app.tenant_id
--   recado_system  the named system functions: webhook receipt, login, relay, queue, health
DO $$ BEGIN
  CREATE ROLE recado_tenant NOLOGIN NOBYPASSRLS;
EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN
  CREATE ROLE recado_system NOLOGIN NOBYPASSRLS;
EXCEPTION WHEN duplicate_object THEN NULL; END $$;
DO $$ BEGIN
  EXECUTE format('GRANT recado_tenant, recado_system TO %I', current_user);
EXCEPTION WHEN OTHERS THEN NULL; END $$;

GRANT USAGE ON SCHEMA public TO recado_tenant, recado_system;

-- Forced, so that not even the tables' owner sees past its policy.
CREATE PROCEDURE recado_protect_table(table_name text, tenant_column text DEFAULT 'tenant_id')
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
  EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
  EXECUTE format(
    'CREATE POLICY tenant_rows ON %I TO recado_tenant
       USING (%2$I = current_setting(''app.tenant_id'', true))
       WITH CHECK (%2$I = current_setting(''app.tenant_id'', true))', table_name, tenant_column);
  EXECUTE format('CREATE POLICY system_rows ON %I TO recado_system USING (true) WITH CHECK (true)', table_name);
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO recado_tenant, recado_system', table_name);
END $$;

CALL recado_protect_table('tenants', 'id');
REVOKE INSERT, DELETE ON tenants FROM recado_tenant;
CALL recado_protect_table('tenant_sequences');
CALL recado_protect_table('members');
CALL recado_protect_table('channels');
CALL recado_protect_table('channel_events');
CALL recado_protect_table('contacts');
CALL recado_protect_table('contact_identities');
CALL recado_protect_table('conversations');
CALL recado_protect_table('messages');
CALL recado_protect_table('receipts');
CALL recado_protect_table('inbound_events');
CALL recado_protect_table('held_events');
CALL recado_protect_table('domain_events');
CALL recado_protect_table('api_keys');
CALL recado_protect_table('idempotency_keys');
CALL recado_protect_table('audit_log');

-- No tenant's: reached by system functions only.
GRANT SELECT, INSERT, UPDATE, DELETE ON users, rate_limits TO recado_system;

-- What the relay still has to publish.
CREATE INDEX domain_events_unpublished ON domain_events (tenant_id, id) WHERE published_at IS NULL;
-- What is stuck, for health and the event log.
CREATE INDEX inbound_events_unfinished ON inbound_events (tenant_id, received_at) WHERE status IN ('pending', 'failed');
-- Sends whose worker may have died.
CREATE INDEX messages_in_flight ON messages (tenant_id, claimed_at) WHERE status IN ('sending', 'unconfirmed');
