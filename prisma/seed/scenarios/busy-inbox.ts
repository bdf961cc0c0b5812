import pg from "pg";
import { systemTransaction } from "#lib/db/client.ts";
import { env } from "#lib/kernel/env.ts";
import { aChannel } from "#prisma/factories/inbox.ts";
import { aTenant, FACTORY_PASSWORD } from "#prisma/factories/tenant.ts";

/**
 * One business with a great many chats: rows are made inside the database, set by set, so that a million
 * messages take a minute. Every chat has its share of messages; the newest chats are the liveliest.
 */
export const busyInbox = {
  about: "one business with --conversations N chats and --messages M messages (10000, 100000)",
  async run({
    url,
    conversations,
    messages,
  }: {
    url: string;
    conversations: number;
    messages: number;
  }): Promise<string> {
    const tenant = await aTenant({ name: "Clínica Grande" });
    const channel = await aChannel(tenant.ctx);
    const { slug } = await systemTransaction((db) =>
      db.tenant.findUniqueOrThrow({ where: { id: tenant.tenantId } }),
    );
    await fill({ tenantId: tenant.tenantId, channelId: channel.id, conversations, messages });
    return `Log in at ${url}/login as ${tenant.email} with the password "${FACTORY_PASSWORD}": ${url}/${slug}/inbox`;
  },
};

type Size = { tenantId: string; channelId: string; conversations: number; messages: number };

/** Ids are made in SQL, like ours in form and order: a prefix, then 26 letters that sort by number. */
const ID = (prefix: string, number: string) =>
  `'${prefix}_0' || lpad(to_hex((${number})::bigint), 14, '0') || substr($1, 20, 11)`;

export async function fill({ tenantId, channelId, conversations, messages }: Size): Promise<void> {
  const perChat = Math.max(1, Math.round(messages / conversations));
  // A connection of its own: the product's give up on statements that take this long.
  const client = new pg.Client({ connectionString: env().DATABASE_URL, options: "-c role=recado_system" });
  await client.connect();
  await client.query(
    `insert into contacts (id, tenant_id, kind, profile_name, phone)
     select ${ID("con", "n")}, $1, 'person',
            (array['Rosa','Luis','Carmen','José','María','Andrés','Lucía','Pedro'])[1 + n % 8] || ' ' ||
            (array['Quispe','Mamani','Flores','García','Rojas','Núñez','Cárdenas','Ibáñez'])[1 + (n / 8) % 8] || ' ' || n,
            '+519' || lpad(n::text, 8, '0')
     from generate_series(1, $2::int) n`,
    [tenantId, conversations],
  );
  await client.query(
    `insert into contact_identities (id, tenant_id, contact_id, kind, value)
     select ${ID("idn", "n")}, $1, ${ID("con", "n")}, 'phone', '519' || lpad(n::text, 8, '0') from generate_series(1, $2::int) n`,
    [tenantId, conversations],
  );
  await client.query(
    `insert into conversations (id, tenant_id, channel_id, contact_id, status, unread_count, last_message_id, last_message_at,
       last_message_type, last_message_text, last_message_direction, last_message_status, last_inbound_at, address_kind, address_value)
     select ${ID("cnv", "n")}, $1, $3, ${ID("con", "n")}, (case when n % 5 = 0 then 'closed' else 'open' end)::conversation_status,
            case when n % 7 = 0 then n % 4 else 0 end, ${ID("msg", `n::bigint * 100000 + ${perChat}`)}, now() - n * interval '40 seconds',
            'text', 'Gracias, nos vemos el ' || n, (case when n % 2 = 0 then 'inbound' else 'outbound' end)::direction,
            (case when n % 2 = 0 then 'received' else 'read' end)::message_status, now() - n * interval '41 seconds', 'phone', '519' || lpad(n::text, 8, '0')
     from generate_series(1, $2::int) n`,
    [tenantId, conversations, channelId],
  );
  await fillMessages(client, tenantId, channelId, conversations, perChat);
  await client.end();
  await analyze();
}

const CHATS_AT_ONCE = 20_000;

async function fillMessages(
  client: pg.Client,
  tenantId: string,
  channelId: string,
  conversations: number,
  perChat: number,
): Promise<void> {
  for (let from = 1; from <= conversations; from += CHATS_AT_ONCE) {
    const to = Math.min(conversations, from + CHATS_AT_ONCE - 1);
    await client.query(
      `insert into messages (id, tenant_id, conversation_id, channel_id, direction, type, text, external_id, status, author_kind, sent_at, ordered_at)
       select ${ID("msg", "n::bigint * 100000 + k")}, $1, ${ID("cnv", "n")}, $3,
              (case when k % 2 = 0 then 'inbound' else 'outbound' end)::direction, 'text',
              (array['Hola, ¿tienen turno?','Sí, mañana a las 4','¿Cuánto cuesta la cotización?','Son 120 soles','Perfecto, gracias','Nos vemos'])[1 + (n + k) % 6] || ' ' || k,
              '3EB0' || n || '.' || k, (case when k % 2 = 0 then 'received' else 'read' end)::message_status,
              (case when k % 2 = 0 then 'customer' else 'member' end)::author_kind, at, at
       from generate_series($2::int, $4::int) n, generate_series(1, ${perChat}) k,
            lateral (select now() - n * interval '40 seconds' - (${perChat} - k) * interval '7 minutes' as at) t`,
      [tenantId, from, channelId, to],
    );
  }
}

/** Only the owner of a table may. */
async function analyze(): Promise<void> {
  const client = new pg.Client({ connectionString: env().DATABASE_URL });
  await client.connect();
  await client.query("vacuum analyze contacts, contact_identities, conversations, messages");
  await client.end();
}
