import { connect, createServer, type Socket } from "node:net";
import { afterAll } from "vitest";
import { databaseUrl } from "./database.ts";

/**
 * Importing this module puts a line that can be cut between the product and its database: what is under
 * test connects through it, while `database-rows.ts` still sees the database itself.
 */
const target = new URL(databaseUrl);
const sockets = new Set<Socket>();
let state: "open" | "cut" | "silent" = "open";

const line = createServer((socket) => {
  if (state === "cut") {
    socket.destroy();
    return;
  }
  const upstream = connect(Number(target.port), target.hostname);
  for (const end of [socket, upstream]) {
    sockets.add(end);
    end.on("error", () => {});
    end.on("close", () => {
      sockets.delete(end);
      socket.destroy();
      upstream.destroy();
    });
  }
  socket.on("data", (chunk) => state !== "silent" && upstream.write(chunk));
  upstream.on("data", (chunk) => state !== "silent" && socket.write(chunk));
});
await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
const address = line.address();
if (!address || typeof address === "string") throw new Error("the line has no port");
const through = new URL(databaseUrl);
through.hostname = "127.0.0.1";
through.port = String(address.port);
process.env.DATABASE_URL = through.href;

/** Every connection breaks, and new ones are refused. */
export function cutDatabase(): void {
  state = "cut";
  for (const socket of sockets) socket.destroy();
}

/** Connections stay, but nothing comes through any more. */
export function silenceDatabase(): void {
  state = "silent";
}

/** As it was; connections that hung meanwhile break, as they would after an outage. */
export function restoreDatabase(): void {
  if (state === "open") return;
  state = "open";
  for (const socket of sockets) socket.destroy();
}

afterAll(() => {
  state = "cut";
  for (const socket of sockets) socket.destroy();
  line.close();
});
