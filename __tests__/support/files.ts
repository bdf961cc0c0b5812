import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** Files to send and receive in tests, good ones and hostile ones. */
export function aPhoto(width = 1200, height = 800): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: "#cc8844" } })
    .jpeg()
    .toBuffer();
}

/** As phones store it: the sensor's picture, a note that it was held upright, and where it was taken. */
export function aTurnedPhoto(): Promise<Buffer> {
  return sharp({ create: { width: 1200, height: 800, channels: 3, background: "#cc8844" } })
    .withExif({ IFD0: { Make: "Telefono", Copyright: "Ana" }, IFD3: { GPSLatitude: "12/1 2/1 3/1" } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
}

/** A few kilobytes that unfold to far more pixels than any camera makes. */
export function aPixelBomb(edge = 20_000): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(edge, 0);
  head.writeUInt32BE(edge, 4);
  head.set([1, 0, 0, 0, 0], 8);
  const rows = deflateSync(Buffer.alloc((Math.ceil(edge / 8) + 1) * edge));
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", head),
    chunk("IDAT", rows),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A zip archive with one deflated entry, whatever it unfolds to. */
export function aZip(entryName: string, content: Buffer): Buffer {
  const data = deflateSync(content).subarray(2, -4);
  const name = Buffer.from(entryName);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(data.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, name, data]);
  const central = Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), common, Buffer.alloc(14), name]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from("PK\u0005\u0006"), end]);
}

/** Silence. */
export function aWav(seconds = 1): Buffer {
  const rate = 8000;
  const samples = Buffer.alloc(rate * seconds, 128);
  const head = Buffer.alloc(44);
  head.write("RIFF", 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write("WAVEfmt ", 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

/** The start of what a browser's recorder makes: WebM with one Opus track, of unknown length. */
export function aBrowserRecording(): Buffer {
  const element = (id: string, content: Buffer) =>
    Buffer.concat([
      Buffer.from(id, "hex"),
      Buffer.from([0x10 | (content.length >> 24), content.length >> 16, content.length >> 8, content.length]),
      content,
    ]);
  const number = (id: string, value: number) => element(id, Buffer.from([value]));
  const text = (id: string, value: string) => element(id, Buffer.from(value));
  const opusHead = Buffer.from("4f707573486561640101000080bb0000000000", "hex");
  const track = element(
    "ae",
    Buffer.concat([
      number("d7", 1),
      number("73c5", 1),
      number("83", 2),
      text("86", "A_OPUS"),
      element("63a2", opusHead),
      element("e1", Buffer.concat([element("b5", Buffer.from("473b8000", "hex")), number("9f", 1)])),
    ]),
  );
  const info = element(
    "1549a966",
    Buffer.concat([
      element("2ad7b1", Buffer.from("0f4240", "hex")),
      text("4d80", "Chrome"),
      text("5741", "Chrome"),
    ]),
  );
  const cluster = element(
    "1f43b675",
    Buffer.concat([number("e7", 0), element("a3", Buffer.from("81000080fffe", "hex"))]),
  );
  const segment = element("18538067", Buffer.concat([info, element("1654ae6b", track), cluster]));
  const head = element(
    "1a45dfa3",
    Buffer.concat([
      number("4286", 1),
      number("42f7", 1),
      number("42f2", 4),
      number("42f3", 8),
      text("4282", "webm"),
      number("4287", 4),
      number("4285", 2),
    ]),
  );
  return Buffer.concat([head, segment]);
}

/** An MP4 file with one track: `soun` as Safari's recorder makes it, or `vide`. */
export function anMp4(handler: "soun" | "vide", seconds = 5): Buffer {
  const box = (name: string, ...content: Buffer[]) => {
    const body = Buffer.concat([Buffer.from(name, "latin1"), ...content]);
    const size = Buffer.alloc(4);
    size.writeUInt32BE(body.length + 4);
    return Buffer.concat([size, body]);
  };
  const words = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 4);
    for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, at * 4);
    return bytes;
  };
  const rate = 48_000;
  const sound = Buffer.concat([
    Buffer.alloc(6),
    Buffer.from([0, 1]),
    words(0, 0),
    Buffer.from([0, 1, 0, 16, 0, 0, 0, 0]),
    words(rate * 65_536),
  ]);
  const picture = Buffer.concat([
    Buffer.alloc(6),
    Buffer.from([0, 1]),
    Buffer.alloc(16),
    Buffer.from([2, 0x80, 1, 0xe0]),
    Buffer.alloc(50),
  ]);
  const entry = handler === "soun" ? box("mp4a", sound) : box("avc1", picture);
  const tables = box(
    "stbl",
    box("stsd", words(0, 1), entry),
    box("stts", words(0, 1, 1, rate * seconds)),
    box("stsc", words(0, 1, 1, 1, 1)),
    box("stsz", words(0, 4, 1)),
    box("stco", words(0, 1, 0)),
  );
  const media = box(
    "mdia",
    box("mdhd", words(0, 0, 0, rate, rate * seconds, 0)),
    box("hdlr", words(0, 0), Buffer.from(handler), Buffer.alloc(13)),
    box("minf", tables),
  );
  const track = box("trak", box("tkhd", words(1, 0, 0, 1, 0, seconds * 1000), Buffer.alloc(60)), media);
  const movie = box("moov", box("mvhd", words(0, 0, 0, 1000, seconds * 1000), Buffer.alloc(80)), track);
  return Buffer.concat([
    box("ftyp", Buffer.from("isom"), words(512), Buffer.from("isomiso5mp42")),
    movie,
    box("mdat", words(0)),
  ]);
}
