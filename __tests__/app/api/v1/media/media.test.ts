import "#__tests__/support/database.ts";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { NextRequest } from "next/server";
import { beforeAll, describe, expect, test } from "vitest";
import { sessionOf } from "#__tests__/support/api.ts";
import { aBrowserRecording, aPhoto } from "#__tests__/support/files.ts";
import { POST as retry } from "#app/api/v1/media/[id]/retry/route.ts";
import * as mediaRoute from "#app/api/v1/media/[id]/route.ts";
import * as thumbnailRoute from "#app/api/v1/media/[id]/thumbnail/route.ts";
import { POST as upload } from "#app/api/v1/media/route.ts";
import { createApiKey } from "#lib/domain/api-keys/create-api-key.ts";
import { inTransaction } from "#lib/domain/context.ts";
import { MediaView } from "#lib/domain/messages/schema.ts";
import { newId } from "#lib/kernel/ids.ts";
import { deleteFile } from "#lib/storage/files.ts";
import { mediaFolder } from "#lib/storage/stage-file.ts";
import { anInbox } from "#prisma/factories/inbox.ts";

type Headers = Record<string, string>;
const ORIGIN = "http://127.0.0.1:3000";
const none = { params: Promise.resolve({}) };

let mine: Awaited<ReturnType<typeof anInbox>>;
let cookie: Headers;
beforeAll(async () => {
  mine = await anInbox();
  cookie = await sessionOf(mine.userId);
});

function form(
  bytes: Uint8Array<ArrayBuffer>,
  name = "foto.jpg",
  fields: Headers = {},
  type = "image/jpeg",
): FormData {
  const data = new FormData();
  for (const [key, value] of Object.entries(fields)) data.set(key, value);
  data.set("file", new Blob([bytes], { type }), name);
  return data;
}

async function post(body: BodyInit, headers: Headers = cookie) {
  const init = {
    method: "POST",
    body,
    headers: { host: "127.0.0.1:3000", ...headers },
    duplex: "half" as const,
  };
  const response = await upload(new NextRequest(`${ORIGIN}/api/v1/media`, init), none);
  return { status: response.status, body: await response.json() };
}

async function uploaded(bytes: Uint8Array<ArrayBuffer>, name?: string, fields?: Headers): Promise<MediaView> {
  const { status, body } = await post(form(bytes, name, fields));
  expect(body).toMatchObject({ status: "ready" });
  expect(status).toBe(201);
  return MediaView.parse(body);
}

async function get(
  id: string,
  headers: Headers = {},
  { handlers = mediaRoute, query = "", method = "GET" as "GET" | "HEAD" } = {},
) {
  const request = new NextRequest(`${ORIGIN}/api/v1/media/${id}${query}`, {
    method,
    headers: { ...cookie, ...headers },
  });
  const response = await handlers[method](request, { params: Promise.resolve({ id }) });
  return {
    status: response.status,
    headers: response.headers,
    bytes: Buffer.from(await response.arrayBuffer()),
  };
}

const plain = (bytes: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(bytes);
const incoming = () => readdir(path.join(mediaFolder(), "incoming")).catch(() => []);

describe("uploading", () => {
  test("a photo comes back as it was sent, with a thumbnail", async () => {
    const photo = plain(await aPhoto());
    const media = await uploaded(photo, "Torta de María.jpg", { as: "image" });
    expect(media).toMatchObject({
      mimeType: "image/jpeg",
      fileName: "Torta de María.jpg",
      sizeBytes: photo.length,
    });
    expect(Buffer.compare((await get(media.id)).bytes, photo)).toBe(0);
    const small = await get(media.id, {}, { handlers: thumbnailRoute });
    expect(small.headers.get("content-type")).toBe("image/webp");
    expect(small.bytes.subarray(8, 12).toString()).toBe("WEBP");
  });

  test("a recording brings what only the recorder knows", async () => {
    const waveform = Array.from({ length: 64 }, (_, at) => at);
    const fields = { as: "voice", durationS: "7.4", waveform: JSON.stringify(waveform) };
    const { body } = await post(form(plain(aBrowserRecording()), "voz.webm", fields, "audio/webm"));
    expect(body).toMatchObject({ mimeType: "audio/webm", durationS: 7, waveform, thumbnailUrl: null });
  });

  const bad: [string, () => BodyInit | Promise<BodyInit>, Headers, number, object][] = [
    ["nothing in it", () => form(new Uint8Array(0)), {}, 422, { errors: [{ path: "file", code: "empty" }] }],
    [
      "no file",
      () => {
        const data = new FormData();
        data.set("as", "image");
        return data;
      },
      {},
      422,
      { errors: [{ path: "file", code: "missing" }] },
    ],
    [
      "an unknown field",
      () => form(new Uint8Array(9), "a", { color: "red" }),
      {},
      422,
      { errors: [{ path: "color", code: "unknown_field" }] },
    ],
    [
      "an unknown kind",
      () => form(new Uint8Array(9), "a", { as: "hologram" }),
      {},
      422,
      { errors: [{ path: "as" }] },
    ],
    [
      "a broken waveform",
      () => form(new Uint8Array(9), "a", { waveform: "[1," }),
      {},
      422,
      { errors: [{ path: "waveform" }] },
    ],
    [
      "two files",
      () => {
        const data = form(new Uint8Array(9));
        data.append("file", new Blob(["x"]), "b");
        return data;
      },
      {},
      422,
      { code: "invalid_input" },
    ],
    [
      "a file by another name",
      () => {
        const data = new FormData();
        data.set("photo", new Blob(["x"]), "b");
        return data;
      },
      {},
      422,
      { code: "invalid_input" },
    ],
    [
      "a page said to be a photo",
      () => form(plain(Buffer.from("<html>")), "a.jpg", { as: "image" }),
      {},
      422,
      { errors: [{ path: "file", code: "wrong_kind" }] },
    ],
    [
      "a photo said to be a voice note",
      async () => form(plain(await aPhoto()), "a.ogg", { as: "voice" }),
      {},
      422,
      { errors: [{ path: "file", code: "wrong_kind" }] },
    ],
    ["JSON", () => "{}", { "content-type": "application/json" }, 415, { code: "unsupported_media_type" }],
    [
      "a form without its boundary",
      () => "x",
      { "content-type": "multipart/form-data" },
      415,
      { code: "unsupported_media_type" },
    ],
    [
      "something that is no form",
      () => "x",
      { "content-type": "multipart/form-data; boundary=y" },
      422,
      { code: "invalid_input" },
    ],
    [
      "a form that stops in the middle",
      () => '--y\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf a fi',
      { "content-type": "multipart/form-data; boundary=y" },
      422,
      { errors: [{ path: "file", code: "incomplete" }] },
    ],
    [
      "more than was announced as possible",
      () => "x",
      { "content-type": "multipart/form-data; boundary=y", "content-length": "900000000" },
      413,
      { code: "payload_too_large" },
    ],
  ];
  test.each(bad)("%s is refused and leaves nothing behind", async (_name, body, headers, status, problem) => {
    const before = await incoming();
    const answer = await post(await body(), { ...cookie, ...headers });
    expect(answer).toMatchObject({ status, body: problem });
    expect(await incoming()).toEqual(before);
  });

  test("too large is told while it arrives, by the kind it is to be sent as", async () => {
    const before = await incoming();
    let sent = 0;
    const head =
      '--y\r\nContent-Disposition: form-data; name="as"\r\n\r\nimage\r\n--y\r\nContent-Disposition: form-data; name="file"; filename="a.jpg"\r\n\r\n';
    const endless = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from(head)),
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const answer = await post(endless, { ...cookie, "content-type": "multipart/form-data; boundary=y" });
    expect(answer).toMatchObject({ status: 413, body: { code: "payload_too_large" } });
    expect(sent).toBeLessThan(7 * 1024 * 1024);
    expect(await incoming()).toEqual(before);
  });

  test("a sender that goes away leaves nothing behind", async () => {
    const before = await incoming();
    const cut = new ReadableStream({
      start: (controller) =>
        controller.enqueue(
          Buffer.from('--y\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nabc'),
        ),
      pull: (controller) => controller.error(new Error("aborted")),
    });
    const answer = await post(cut, { ...cookie, "content-type": "multipart/form-data; boundary=y" });
    expect(answer.status).toBe(422);
    expect(await incoming()).toEqual(before);
  });

  test("needs to be let in: session or key with the scope, and no other site's page", async () => {
    const key = async (scope: "messages:read" | "messages:write") => {
      const { key } = await createApiKey(mine.ctx, { name: scope, scopes: [scope] });
      return { authorization: `Bearer ${key}` };
    };
    const body = () => form(plain(Buffer.from("hola")), "a.txt");
    expect((await post(body(), {})).status).toBe(401);
    expect((await post(body(), await key("messages:read"))).body.code).toBe("missing_scope");
    expect((await post(body(), await key("messages:write"))).status).toBe(201);
    expect((await post(body(), { ...cookie, origin: "https://evil.example" })).body.code).toBe(
      "cross_origin",
    );
  });
});

describe("serving", () => {
  const content = Buffer.from("0123456789");

  test("headers that keep the browser from taking it for anything else", async () => {
    const { id } = await uploaded(plain(await aPhoto()), "niño.jpg");
    const { headers } = await get(id);
    expect(Object.fromEntries(headers)).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
      "content-disposition": "inline; filename=\"nino.jpg\"; filename*=UTF-8''ni%C3%B1o.jpg",
      "content-security-policy": expect.stringMatching(/default-src 'none'.*sandbox/),
      "cross-origin-resource-policy": "same-origin",
      "cache-control": expect.stringContaining("private"),
      "accept-ranges": "bytes",
    });
    const saved = await get(id, {}, { query: "?download=1" });
    expect(saved.headers.get("content-disposition")).toMatch(/^attachment;/);
  });

  test.each([
    ["a page", "<!doctype html><script>alert(1)</script>", "a.html", "application/octet-stream"],
    [
      "SVG",
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      "a.svg",
      "application/octet-stream",
    ],
    [
      "XML",
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
      "a.svg",
      "application/octet-stream",
    ],
    ["a PDF", "%PDF-1.7\n", "a.pdf", "application/pdf"],
    ["text", "alert(1)", "a.js", "text/plain; charset=utf-8"],
  ])("%s is only ever saved", async (_name, text, fileName, contentType) => {
    const { id } = await uploaded(plain(Buffer.from(text)), fileName);
    const { headers } = await get(id);
    expect(headers.get("content-type")).toBe(contentType);
    expect(headers.get("content-disposition")).toMatch(/^attachment;/);
  });

  test("ranges, conditions and HEAD", async () => {
    const { id } = await uploaded(plain(content), "a.txt");
    const whole = await get(id);
    const etag = whole.headers.get("etag") ?? "";
    expect([whole.status, whole.bytes.toString(), whole.headers.get("content-length")]).toEqual([
      200,
      "0123456789",
      "10",
    ]);

    const part = await get(id, { range: "bytes=2-4" });
    expect([
      part.status,
      part.bytes.toString(),
      part.headers.get("content-range"),
      part.headers.get("content-length"),
    ]).toEqual([206, "234", "bytes 2-4/10", "3"]);
    expect((await get(id, { range: "bytes=-3" })).bytes.toString()).toBe("789");
    expect((await get(id, { range: "bytes=8-" })).bytes.toString()).toBe("89");
    const beyond = await get(id, { range: "bytes=10-" });
    expect([beyond.status, beyond.headers.get("content-range"), beyond.bytes.length]).toEqual([
      416,
      "bytes */10",
      0,
    ]);
    expect((await get(id, { range: "bytes=0-1,4-5" })).status).toBe(200);

    expect((await get(id, { range: "bytes=0-1", "if-range": etag })).status).toBe(206);
    expect((await get(id, { range: "bytes=0-1", "if-range": '"other"' })).status).toBe(200);
    expect((await get(id, { range: "bytes=0-1", "if-range": "Wed, 21 Oct 2026 07:28:00 GMT" })).status).toBe(
      200,
    );
    for (const known of [etag, `W/${etag}`, `"x", ${etag}`, "*"])
      expect((await get(id, { "if-none-match": known })).status).toBe(304);

    const head = await get(id, {}, { method: "HEAD" });
    expect([
      head.status,
      head.bytes.length,
      head.headers.get("content-length"),
      head.headers.get("etag"),
    ]).toEqual([200, 0, "10", etag]);
    const headPart = await get(id, { range: "bytes=0-1" }, { method: "HEAD" });
    expect([headPart.status, headPart.bytes.length, headPart.headers.get("content-length")]).toEqual([
      206,
      0,
      "2",
    ]);
  });

  test("another workspace's file does not exist, by any way in", async () => {
    const { id } = await uploaded(plain(await aPhoto()));
    const theirs = await anInbox();
    const other = await sessionOf(theirs.userId);
    const key = await createApiKey(theirs.ctx, { name: "k", scopes: ["messages:read", "messages:write"] });
    for (const headers of [other, { authorization: `Bearer ${key.key}`, cookie: "" }]) {
      for (const query of ["", `?workspace=${mine.tenantId}`]) {
        expect((await get(id, headers, { query })).status).toBe(404);
        expect((await get(id, headers, { query, handlers: thumbnailRoute })).status).toBe(404);
      }
      const again = new NextRequest(`${ORIGIN}/x`, { method: "POST", headers });
      expect((await retry(again, { params: Promise.resolve({ id }) })).status).toBe(404);
    }
    expect((await get(id, { cookie: "" })).status).toBe(401);
    expect((await get(id, {}, { query: `?workspace=${theirs.tenantId}` })).status).toBe(404);
    expect((await get(id, {}, { query: `?workspace=${mine.tenantId}` })).status).toBe(200);
    expect((await get("med_nonsense")).status).toBe(404);
    expect((await get(newId("media"))).status).toBe(404);
  });

  test("a file that is not there yet, has no thumbnail, or was lost says so", async () => {
    const text = await uploaded(plain(Buffer.from("perdido")), "a.txt");
    expect((await get(text.id, {}, { handlers: thumbnailRoute })).status).toBe(404);
    const { hash } = await inTransaction(mine.ctx, (tx) =>
      tx.db.media.findUniqueOrThrow({ where: { id: text.id } }),
    );
    await deleteFile(mine.tenantId, hash ?? "");
    const lost = await get(text.id);
    expect([lost.status, JSON.parse(lost.bytes.toString()).code]).toEqual([502, "media_unavailable"]);
    await inTransaction(mine.ctx, (tx) =>
      tx.db.media.update({ where: { id: text.id }, data: { status: "pending" } }),
    );
    const early = await get(text.id);
    expect([early.status, JSON.parse(early.bytes.toString()).code]).toEqual([409, "media_not_ready"]);
  });
});
