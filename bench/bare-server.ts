import { createHash, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import pg from "pg";

/**
 * What ingest is measured against: the least a server can do that stores a webhook and queues its job
 * for good. No framework, no verification, no role; one statement and so one commit per request.
 */
const [databaseUrl, port, connections, tenantId, channelId] = process.argv.slice(2);
const pool = new pg.Pool({ connectionString: databaseUrl, max: Number(connections) });

const STORE = {
  name: "store",
  text: `with event as (
           insert into inbound_events (id, tenant_id, channel_id, name, chat_key, body, headers, content_hash, received_at)
           values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id
         )
         insert into pgboss.job (name, data, singleton_key, policy, retry_limit, retry_delay, retry_backoff,
           expire_seconds, deletion_seconds, heartbeat_seconds)
         select q.name, jsonb_build_object('tenantId', $2::text, 'inboundEventId', event.id), $3::text || '|' || $5::text,
           q.policy, q.retry_limit, q.retry_delay, q.retry_backoff, q.expire_seconds, q.deletion_seconds, q.heartbeat_seconds
         from event, pgboss.queue q where q.name = 'process-inbound-event'`,
};

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString();
    const payload: { event: string; data: { key: { remoteJid: string } } } = JSON.parse(body);
    const values = [
      `iev_${randomUUID()}`,
      tenantId,
      channelId,
      payload.event,
      payload.data.key.remoteJid,
      body,
      JSON.stringify({ "content-type": request.headers["content-type"] }),
      createHash("sha256").update(body).digest("hex"),
      new Date(),
    ];
    pool.query({ ...STORE, values }).then(
      () => response.end(),
      (error: unknown) => {
        console.error(error);
        response.writeHead(500).end();
      },
    );
  });
}).listen(Number(port), "127.0.0.1", () => process.send?.("ready"));
