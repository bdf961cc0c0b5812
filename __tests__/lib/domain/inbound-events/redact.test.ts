import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { redact, redactBody, redactText } from "#lib/domain/inbound-events/redact.ts";

const FOLDER = "__tests__/fixtures/evolution/fixtures";
const files = readdirSync(FOLDER).filter((name) => name !== "index.json");
const read = (file: string) => readFileSync(`${FOLDER}/${file}`, "utf8");

const SECRET = new Set(
  `apikey api_key token mediaKey messageSecret keyData appStateSyncKeyShare pairingCode
   senderKeyDistributionMessage axolotlSenderKeyDistributionMessage senderKeyHash recipientKeyHash`.split(
    /\s+/,
  ),
);

/** Every string and every encoded byte sequence below a secret's name. */
function secretsIn(value: unknown, secret = false): string[] {
  if (typeof value === "string") return secret && value.length > 3 ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  const numbers = Object.values(value).filter((item) => typeof item === "number");
  if (secret && numbers.length >= 16) return [numbers.slice(0, 8).join(",")];
  return Object.entries(value).flatMap(([name, item]) => secretsIn(item, secret || SECRET.has(name)));
}

describe("every webhook of the gateway", () => {
  const secrets = new Map(files.map((file) => [file, secretsIn(JSON.parse(read(file)))]));

  test("the fixtures hold the key material that this is about", () => {
    expect([...secrets.values()].flat().length).toBeGreaterThan(150);
    expect(secrets.get("messages.edited.not-an-edit-key-share.json")).toContain(
      "6ebkHHZ03msfs6yey9W3u+zLY2HgxkpzO+AA1tkgbdw=",
    );
  });

  for (const file of files) {
    test(`${file} shows none of its keys`, () => {
      const shown = redactBody(read(file));
      const numbers = shown.replaceAll(/"\d+": /g, "").replaceAll(/\s/g, "");
      for (const secret of secrets.get(file) ?? []) {
        expect(shown).not.toContain(secret);
        expect(numbers).not.toContain(secret);
      }
    });
  }
});

describe("what stays", () => {
  test("texts, people and the message's own key", () => {
    const shown = JSON.parse(redactBody(read("messages.upsert.image.json")));
    expect(shown.data.key).toEqual(JSON.parse(read("messages.upsert.image.json")).data.key);
    expect(shown.data.message.imageMessage).toMatchObject({
      caption: "mira esto",
      mimetype: "image/jpeg",
      mediaKey: "[redacted]",
      mediaKeyTimestamp: { low: 1795163504 },
      fileSha256: "[32 bytes]",
    });
    expect(shown.data.pushName).toBe("Ana Pérez");
  });

  test("the id of a receipt and a code that opens nothing", () => {
    const shown = redact({ keyId: "3EB0", code: 401, parentMessageKey: { remoteJid: "1@s", id: "A" } });
    expect(shown).toEqual({ keyId: "3EB0", code: 401, parentMessageKey: { remoteJid: "1@s", id: "A" } });
  });
});

describe("what goes", () => {
  test("the code that links a phone, as text and as picture", () => {
    const shown = JSON.parse(redactBody(read("qrcode.updated.json")));
    expect(shown.data.qrcode).toMatchObject({ code: "[redacted]", base64: "[redacted]", pairingCode: null });
    const paired = JSON.parse(redactBody(read("qrcode.updated.pairing-code.json")));
    expect(paired.data.qrcode.pairingCode).toBe("[redacted]");
  });

  test("keys in every encoding: text, bytes by number, lists, buffers, JSON in a string", () => {
    const key = Array.from({ length: 32 }, (_, index) => index + 1);
    const shown = JSON.stringify(
      redact({
        mediaKey: "QUJD",
        identityKey: { type: "Buffer", data: key },
        unknown: { ...key },
        list: key,
        nested: JSON.stringify({ webhook: { headers: { "x-webhook-secret": "s3cr3t" } } }),
        Authorization: "Bearer abc",
      }),
    );
    expect(shown).not.toMatch(/QUJD|1,2,3|s3cr3t|Bearer abc/);
    expect(shown).toContain("[32 bytes]");
  });

  test("signatures and log-ins in addresses", () => {
    expect(redactText("https://ana:clave@s3.test/a.jpg?X-Amz-Signature=abc&x=1&token=t0k")).toBe(
      "https://[redacted]@s3.test/a.jpg?X-Amz-Signature=[redacted]&x=1&token=[redacted]",
    );
  });

  test("whatever is no JSON", () => {
    expect(redactBody('{"apikey":"FC213D3C')).not.toContain("FC213D3C");
  });

  test("a body as deep as it likes", () => {
    const deep = `${'{"a":'.repeat(5000)}{"apikey":"FC213D3C"}${"}".repeat(5000)}`;
    expect(redactBody(deep)).not.toContain("FC213D3C");
  });
});
