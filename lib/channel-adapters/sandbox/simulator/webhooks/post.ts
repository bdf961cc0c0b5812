import http from "node:http";
import https from "node:https";

/** Connections to the receivers stay open: at a thousand webhooks a second a handshake each would be the limit. */
export class Poster {
  #http = new http.Agent({ keepAlive: true, maxSockets: 256, scheduling: "lifo" });
  #https = new https.Agent({ keepAlive: true, maxSockets: 256, scheduling: "lifo" });

  /** The status, or null when no answer came. Redirects are not followed: they count as a failure (rule 4). */
  post(
    url: string,
    headers: Record<string, string>,
    body: string,
    timeoutMs: number,
  ): Promise<number | null> {
    return new Promise((resolve) => {
      let request: http.ClientRequest;
      const payload = Buffer.from(body);
      const options = {
        method: "POST",
        headers: {
          accept: "application/json, text/plain, */*",
          "content-type": "application/json",
          ...headers,
          "user-agent": "axios/1.12.2",
          "accept-encoding": "gzip, compress, deflate, br",
          "content-length": payload.byteLength,
        },
        timeout: timeoutMs,
      };
      try {
        request = url.startsWith("https:")
          ? https.request(url, { ...options, agent: this.#https })
          : http.request(url, { ...options, agent: this.#http });
      } catch {
        resolve(null);
        return;
      }
      request.on("response", (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode ?? null));
        response.on("error", () => resolve(null));
      });
      request.on("timeout", () => request.destroy(new Error("timeout")));
      request.on("error", () => resolve(null));
      request.end(payload);
    });
  }

  close(): void {
    this.#http.destroy();
    this.#https.destroy();
  }
}
