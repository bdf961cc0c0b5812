import { createServer, request as forward } from "node:http";

/** A proxy in front of the practice gateway that notes when each text to be sent arrived there. */
export type GatewayEar = { url: string; target: string; heardAt: Map<string, number>; close(): void };

export async function openGatewayEar(): Promise<GatewayEar> {
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks);
      if (incoming.url?.includes("/message/sendText/")) {
        const { text }: { text: string } = JSON.parse(body.toString());
        ear.heardAt.set(text, clock());
      }
      const call = forward(
        `${ear.target}${incoming.url}`,
        { method: incoming.method, headers: incoming.headers },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      call.once("error", () => outgoing.destroy());
      call.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  const ear: GatewayEar = { url: `http://127.0.0.1:${port}`, target: "", heardAt: new Map(), close };
  return ear;
}

/** Milliseconds on the one clock that this process and the page in the browser share. */
export function clock(): number {
  return performance.timeOrigin + performance.now();
}
