import { createServer } from "node:http";

/**
 * A loopback address whose answers come from something that is started at the first question, so that
 * runs which never ask do not pay. `path` is what the asker appended to the address.
 */
export async function lazyService<T>(parts: {
  start(): Promise<T>;
  answer(service: T, path: string): Promise<string>;
  stop(service: T): Promise<void>;
}): Promise<{ url: string; close(): Promise<void> }> {
  let service: Promise<T> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const http = createServer((request, response) => {
    service ??= parts.start();
    const started = service;
    // One answer at a time: PostgreSQL refuses to copy a template that somebody is connected to.
    const turn = last.then(async () => parts.answer(await started, request.url ?? ""));
    last = turn.catch(() => {});
    turn.then(
      (text) => response.end(text),
      (error: unknown) => {
        response.statusCode = 500;
        response.end(error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    );
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const address = http.address();
  if (!address || typeof address === "string") throw new Error("The service has no port.");

  const close = async () => {
    http.close();
    http.closeAllConnections();
    const started = await service?.catch(() => undefined);
    if (started !== undefined) await parts.stop(started);
  };
  return { url: `http://127.0.0.1:${address.port}`, close };
}
