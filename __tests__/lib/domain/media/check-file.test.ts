import { readFileSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import {
  aBrowserRecording,
  anMp4,
  aPhoto,
  aPixelBomb,
  aTurnedPhoto,
  aWav,
  aZip,
} from "#__tests__/support/files.ts";
import { type FileFacts, inspectFile } from "#lib/domain/media/check-file.ts";
import { servedType } from "#lib/domain/media/served-type.ts";
import { stageFile } from "#lib/storage/stage-file.ts";

async function inspect(bytes: Uint8Array, label: string | null = null): Promise<FileFacts> {
  return inspectFile(await stageFile(bytes, 200_000_000), label);
}

describe("the type is what the bytes are", () => {
  const cases: [string, () => Buffer | Promise<Buffer>, string | null, string][] = [
    ["a photo called a PDF", () => aPhoto(10, 10), "application/pdf", "image/jpeg"],
    [
      "a page called a photo",
      () => Buffer.from("<!doctype html><script>1</script>"),
      "image/jpeg",
      "application/octet-stream",
    ],
    [
      "SVG",
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'),
      "image/svg+xml",
      "application/octet-stream",
    ],
    [
      "a program called a video",
      () => Buffer.from(`MZ${"\u0000".repeat(200)}`),
      "video/mp4",
      "application/x-msdownload",
    ],
    ["text", () => Buffer.from("¿qué tal?\r\nbien\n"), "image/png", "text/plain"],
    ["a table", () => Buffer.from("a;b\n1;2\n"), "text/csv", "text/csv"],
    ["text called a page", () => Buffer.from("hola"), "text/html", "text/plain"],
    ["noise", () => Buffer.from([0xff, 0xfe, 0xfd, 0, 1, 2]), "text/plain", "application/octet-stream"],
    ["PDF", () => Buffer.from("%PDF-1.7\n1 0 obj"), null, "application/pdf"],
    ["a plain archive", () => aZip("a.txt", Buffer.from("hola")), "application/zip", "application/zip"],
    ["sound in a film's container", aBrowserRecording, "audio/webm;codecs=opus", "audio/webm"],
    ["a film", () => anMp4("vide"), "audio/mp4", "video/mp4"],
    ["Safari's recording", () => anMp4("soun"), "audio/mp4", "audio/mp4"],
    ["a wave", () => aWav(), "audio/x-wav", "audio/wav"],
  ];
  test.each(cases)("%s", async (_name, make, label, wanted) => {
    const { mimeType } = await inspect(await make(), label);
    expect(mimeType.split(";")[0]).toBe(wanted);
  });

  test.each([
    "image/svg+xml",
    "text/html",
    "application/xml",
    "application/xhtml+xml",
    "text/javascript",
    "x",
  ])("%s is never shown by a browser", (type) =>
    expect(servedType(type)).toEqual({ contentType: "application/octet-stream", shown: false }),
  );
});

describe("pictures", () => {
  test("are measured as people see them, and their thumbnail tells nothing more", async () => {
    const photo = await aTurnedPhoto();
    expect((await sharp(photo).metadata()).exif?.includes("Telefono")).toBe(true);
    const facts = await inspect(photo);
    expect(facts).toMatchObject({ width: 800, height: 1200 });
    const small = await sharp(facts.thumbnail ?? Buffer.alloc(0)).metadata();
    expect(small).toMatchObject({ format: "webp", width: 427, height: 640 });
    expect([small.exif, small.icc, small.iptc, small.xmp, small.orientation]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("that unfold beyond reason are kept without being unfolded", async () => {
    const bomb = aPixelBomb();
    expect(bomb.length).toBeLessThan(100_000);
    const before = process.memoryUsage().rss;
    const facts = await inspect(bomb);
    expect(facts).toMatchObject({ mimeType: "image/png", width: 20_000, height: 20_000, thumbnail: null });
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
  });

  test("that are cut off or damaged are kept without a thumbnail", async () => {
    const photo = await aPhoto(2000, 2000);
    const facts = await inspect(photo.subarray(0, 700));
    expect(facts).toMatchObject({ mimeType: "image/jpeg", thumbnail: null });
    const header = await inspect(Buffer.from("ffd8ffe000104a464946", "hex"));
    expect(header).toMatchObject({ width: null, thumbnail: null });
  });

  test("that move are told apart", async () => {
    const frame = { create: { width: 20, height: 20, channels: 4 as const, background: "#f00" } };
    const frames = await Promise.all([
      sharp(frame).png().toBuffer(),
      sharp({ create: { ...frame.create, background: "#0f0" } })
        .png()
        .toBuffer(),
    ]);
    const moving = await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer();
    expect(await inspect(moving)).toMatchObject({ mimeType: "image/webp", animated: true });
    expect(await inspect(await sharp(frame).webp().toBuffer())).toMatchObject({ animated: false });
  });
});

test("an archive that would unfold to sixty megabytes is not unfolded", async () => {
  const bomb = aZip("[Content_Types].xml", Buffer.alloc(60_000_000, 0x20));
  const started = performance.now();
  const before = process.memoryUsage().rss;
  const { mimeType } = await inspect(
    bomb,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  );
  expect(mimeType).toMatch(/^application\//);
  expect(performance.now() - started).toBeLessThan(3000);
  expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
});

describe("sound", () => {
  test("has its length, from the header or counted", async () => {
    expect(await inspect(aWav(3))).toMatchObject({ durationS: 3 });
    const voice = await inspect(readFileSync("public/sandbox/voice-note.ogg"));
    expect(voice.mimeType).toMatch(/^audio\/ogg/);
    expect(voice.durationS).toBe(4);
    expect(await inspect(anMp4("soun", 7))).toMatchObject({ durationS: 7 });
  });

  test("that is cut off is still sound", async () => {
    const voice = readFileSync("public/sandbox/voice-note.ogg");
    expect((await inspect(voice.subarray(0, 400))).mimeType).toMatch(/^audio\/ogg/);
    expect((await inspect(aBrowserRecording().subarray(0, 120))).durationS).toBeNull();
  });
});
