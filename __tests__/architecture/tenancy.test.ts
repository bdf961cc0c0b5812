import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { databaseUrl } from "#__tests__/support/database.ts";
import { systemTransaction, tenantTransaction } from "#lib/db/client.ts";
import { anInbox } from "#prisma/factories/inbox.ts";

/** Tables that belong to nobody; everything else must carry a tenant and protect it. */
const NO_TENANT = ["_prisma_migrations", "users", "rate_limits"];

const client = new pg.Client({ connectionString: databaseUrl });
beforeAll(() => client.connect());
afterAll(() => client.end());

type Table = { name: string; enabled: boolean; forced: boolean; tenant_column: string | null };

async function tables(): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    select c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
           (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as tenant_column
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind in ('r', 'p') order by 1`);
  return rows;
}

describe("the catalogue of the live database", () => {
  test("every table is a tenant's or named as nobody's", async () => {
    const strays = (await tables()).filter(
      ({ name, tenant_column }) => tenant_column === null && name !== "tenants" && !NO_TENANT.includes(name),
    );
    expect(strays).toEqual([]);
  });

  test("every tenant's table has forced row-level security and exactly our two policies", async () => {
    const owned = (await tables()).filter(({ name }) => !NO_TENANT.includes(name));
    expect(owned.length).toBeGreaterThan(15);
    expect(owned.filter(({ enabled, forced }) => !enabled || !forced)).toEqual([]);
    const { rows } = await client.query<{
      tablename: string;
      policyname: string;
      roles: string;
      qual: string;
      with_check: string;
    }>(
      "select tablename, policyname, roles::text, qual, with_check from pg_policies where schemaname = 'public'",
    );
    for (const { name } of owned) {
      const policies = rows
        .filter(({ tablename }) => tablename === name)
        .map(({ policyname, roles }) => `${policyname} ${roles}`);
      expect(policies.sort(), name).toEqual(["system_rows {recado_system}", "tenant_rows {recado_tenant}"]);
      const tenantRows = rows.find(
        ({ tablename, policyname }) => tablename === name && policyname === "tenant_rows",
      );
      expect(tenantRows?.qual, name).toContain("current_setting('app.tenant_id'");
      expect(tenantRows?.with_check, name).toBe(tenantRows?.qual);
    }
  });

  test("the roles cannot bypass policies or log in, and the tenant's role reaches tenants' tables only", async () => {
    const { rows } = await client.query(
      "select rolname, rolbypassrls, rolsuper, rolcanlogin from pg_roles where rolname like 'recado_%' order by 1",
    );
    expect(rows).toEqual([
      { rolname: "recado_system", rolbypassrls: false, rolsuper: false, rolcanlogin: false },
      { rolname: "recado_tenant", rolbypassrls: false, rolsuper: false, rolcanlogin: false },
    ]);
    const { rows: grants } = await client.query<{ table_name: string; table_schema: string }>(
      "select distinct table_schema, table_name from information_schema.role_table_grants where grantee = 'recado_tenant'",
    );
    const owned = (await tables()).filter(({ name }) => !NO_TENANT.includes(name)).map(({ name }) => name);
    expect(grants.map(({ table_schema, table_name }) => `${table_schema}.${table_name}`).sort()).toEqual(
      owned.map((name) => `public.${name}`).sort(),
    );
  });
});

describe("every table across tenants", () => {
  /** One row of each table for a tenant, made with plain SQL so that no table is forgotten. */
  async function fillEveryTable(
    tenantId: string,
    channelId: string,
    conversationId: string,
    contactId: string,
  ) {
    const id = (prefix: string) => `${prefix}_${tenantId.slice(-10)}`;
    await systemTransaction(async (db) => {
      await db.message.create({
        data: {
          id: id("m"),
          tenantId,
          conversationId,
          channelId,
          direction: "inbound",
          type: "text",
          text: "secreto",
          status: "received",
          authorKind: "customer",
          sentAt: new Date(),
          orderedAt: new Date(),
        },
      });
      await db.receipt.create({
        data: { id: id("r"), tenantId, messageId: id("m"), status: "sent", at: new Date() },
      });
      await db.reaction.create({
        data: { id: id("x"), tenantId, messageId: id("m"), author: "me", emoji: "👍", at: new Date() },
      });
      await db.messageVersion.create({
        data: { id: id("v"), tenantId, messageId: id("m"), text: "antes", until: new Date() },
      });
      await db.media.create({ data: { id: id("f"), tenantId, messageId: id("m"), status: "ready" } });
      await db.gap.create({
        data: { id: id("g"), tenantId, conversationId, from: new Date(0), to: new Date(), reason: "x" },
      });
      await db.contactMerge.create({
        data: { id: id("j"), tenantId, survivorId: contactId, merged: {}, moved: {}, reason: "x" },
      });
      await db.alert.create({ data: { id: id("l"), tenantId, kind: "x", channelId } });
      await db.channelEvent.create({ data: { id: id("e"), tenantId, channelId, kind: "created" } });
      await db.inboundEvent.create({
        data: {
          id: id("i"),
          tenantId,
          channelId,
          name: "x",
          chatKey: "x",
          body: "{}",
          headers: {},
          contentHash: id("h"),
          receivedAt: new Date(),
        },
      });
      await db.heldEvent.create({ data: { id: id("w"), tenantId, channelId, externalId: "x", event: {} } });
      await db.domainEvent.create({ data: { id: id("d"), tenantId, type: "channel.updated", payload: {} } });
      await db.apiKey.create({
        data: { id: id("k"), tenantId, name: "k", hash: id("h"), hint: "abcd", scopes: [], createdBy: "x" },
      });
      await db.idempotencyKey.create({
        data: { tenantId, key: "k", requestHash: "x", status: 200, body: {} },
      });
      await db.auditLog.create({ data: { id: id("a"), tenantId, actorKind: "system", action: "x" } });
      await db.contactIdentity.create({
        data: { id: id("c"), tenantId, contactId, kind: "lid", value: id("lid") },
      });
    });
  }

  test("nothing of another tenant can be read, written, changed or deleted", async () => {
    const [mine, theirs] = [await anInbox(), await anInbox()];
    for (const inbox of [mine, theirs])
      await fillEveryTable(
        inbox.tenantId,
        inbox.channel.id,
        inbox.conversation.id,
        inbox.conversation.contactId,
      );
    const owned = (await tables()).filter(({ name }) => !NO_TENANT.includes(name));
    for (const { name } of owned) {
      const column = name === "tenants" ? "id" : "tenant_id";
      const { rows: all } = await client.query(`select ${column} as owner from ${name}`);
      expect(new Set(all.map(({ owner }) => owner)), `${name} has rows of both`).toEqual(
        new Set([mine.tenantId, theirs.tenantId]),
      );

      const seen = await tenantTransaction(mine.tenantId, (db) =>
        db.$queryRawUnsafe<{ owner: string }[]>(`select ${column} as owner from ${name}`),
      );
      expect(new Set(seen.map(({ owner }) => owner)), `${name} read`).toEqual(new Set([mine.tenantId]));

      const attempt = (sql: string) =>
        tenantTransaction(mine.tenantId, (db) => db.$executeRawUnsafe(sql, theirs.tenantId));
      expect(
        await attempt(`update ${name} set ${column} = ${column} where ${column} = $1`),
        `${name} update`,
      ).toBe(0);
      const deleted = attempt(`delete from ${name} where ${column} = $1`);
      if (name === "tenants") await expect(deleted, `${name} delete`).rejects.toThrow(/permission denied/);
      else expect(await deleted, `${name} delete`).toBe(0);

      // A copy of one's own row under the other's name: refused by the policy, whatever else is wrong with it.
      const stolen = attempt(
        `insert into ${name} select (jsonb_populate_record(t, jsonb_build_object('${column}', $1::text))).* from ${name} t limit 1`,
      );
      await expect(stolen, `${name} insert`).rejects.toThrow(/row-level security|permission denied/);
      const moved = attempt(`update ${name} set ${column} = $1`);
      await expect(moved, `${name} move`).rejects.toThrow(/row-level security|permission denied|foreign key/);
    }
  });

  test("without a tenant nothing is visible", async () => {
    await anInbox();
    await client.query("begin");
    await client.query("set local role recado_tenant");
    const { rows } = await client.query("select count(*)::int as n from conversations");
    await client.query("rollback");
    expect(rows).toEqual([{ n: 0 }]);
  });
});
