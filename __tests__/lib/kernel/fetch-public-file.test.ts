import { createServer } from "node:http";
import { afterAll, describe, expect, test } from "vitest";
import { fetchPublicFile, isPublicAddress } from "#lib/kernel/fetch-public-file.ts";

const server = createServer((request, response) => {
  if (request.url === "/redirect") response.writeHead(302, { location: "/picture" }).end();
  else if (request.url === "/large") response.end(Buffer.alloc(5000));
  else if (request.url === "/slow") response.write("x");
  else response.end("picture");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = server.address();
if (!address || typeof address === "string") throw new Error("no port");
const origin = `http://127.0.0.1:${address.port}`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const limits = { bytesMax: 1000, timeoutMs: 5000 };
const own = { ...limits, ownOrigins: [origin] };

test.each([
  "127.0.0.1",
  "10.1.2.3",
  "172.31.255.255",
  "192.168.1.1",
  "169.254.169.254",
  "100.64.0.1",
  "0.0.0.0",
  "224.0.0.1",
  "255.255.255.255",
  "::1",
  "::",
  "::ffff:127.0.0.1",
  "::ffff:8.8.8.8",
  "fe80::1",
  "fc00::1",
  "64:ff9b::a00:1",
  "2002:7f00:1::",
  "2001:db8::1",
  "localhost",
])("%s is not public", (address) => expect(isPublicAddress(address)).toBe(false));

test.each(["8.8.8.8", "157.240.1.1", "172.32.0.1", "2a03:2880:f12f:83:face:b00c:0:25de"])(
  "%s is public",
  (address) => expect(isPublicAddress(address)).toBe(true),
);

describe("fetching", () => {
  test.each([
    `${origin}/picture`,
    "http://8.8.8.8/picture",
    "https://127.0.0.1/picture",
    "https://[::1]/picture",
    "https://[::ffff:127.0.0.1]/picture",
    // Other spellings of 127.0.0.1.
    "https://2130706433/",
    "https://0x7f.1/",
    "https://localhost/picture",
    "file:///etc/passwd",
    "ftp://8.8.8.8/x",
    "no url",
  ])("%s is refused without being asked", async (url) => {
    await expect(fetchPublicFile(url, limits)).rejects.toMatchObject({ code: "media_rejected" });
  });

  test("a server of ours is asked, within the limits, and is not followed elsewhere", async () => {
    const bytes = await fetchPublicFile(`${origin}/picture`, own);
    expect(Buffer.from(bytes).toString()).toBe("picture");
    await expect(fetchPublicFile(`${origin}/large`, own)).rejects.toMatchObject({
      code: "payload_too_large",
    });
    await expect(fetchPublicFile(`${origin}/redirect`, own)).rejects.toMatchObject({
      code: "media_unavailable",
    });
    await expect(fetchPublicFile(`${origin}/slow`, { ...own, timeoutMs: 100 })).rejects.toMatchObject({
      code: "media_unavailable",
    });
  });

  test("another port of our own machine is not ours", async () => {
    const ownOrigins = ["http://127.0.0.1:1"];
    await expect(fetchPublicFile(`${origin}/picture`, { ...limits, ownOrigins })).rejects.toMatchObject({
      code: "media_rejected",
    });
  });
});
