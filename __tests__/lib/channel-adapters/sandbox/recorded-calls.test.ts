import http from "node:http";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  ANA,
  API_KEY,
  BUSINESS,
  createInstance,
  PIXEL,
  type Practice,
  pairInstance,
  sendText,
  settle,
  startPractice,
  until,
} from "./practice.ts";
import { differences, type Recording, recordings, shapeOf } from "./recordings.ts";

/** Every recorded call that the practice gateway does not play, and why. */
const NOT_PLAYED: [RegExp, string][] = [
  [/^cloud-/, "Cloud numbers do not go through the gateway"],
  [/-s3$/, "no S3"],
  [/^baileys-sendMedia-multipart/, "the bodies of forms were not recorded; they have a test of their own"],
  [/^offline-(connect|logout)$/, "WhatsApp itself out of reach at the first connect"],
  [/^(webhook-find-none|create-webhook-no-events)$/, "played in order below"],
];

/** In which state a call was recorded. */
type Stage =
  | "open"
  | "plain"
  | "close"
  | "loggedOut"
  | "waiting"
  | "reconnecting"
  | "empty"
  | "none"
  | "qrLimit";

const STAGES: [RegExp, Stage][] = [
  [
    /^(create-|auth-|root$|route-not-found$|.*unknown-instance$|restart-not-found$|delete-again$|state-unknown$|.*-after-delete$)/,
    "none",
  ],
  [/^(fetch-all|fetch-by-)/, "none"],
  [/-after-qr-limit$/, "qrLimit"],
  [/^baileys-(sendMedia-(no-extension|url-no-filename)|sendWhatsAppAudio(-bad)?)$/, "plain"],
  [
    /^baileys-(connect-number|connect-after|fetch-after|logout-after|restart-after|sendText-after|sendText-new-after|state-after)/,
    "loggedOut",
  ],
  [/^offline-/, "loggedOut"],
  [/^baileys-sendText-during-reconnect$/, "reconnecting"],
  [/(-not-connected|-while-connecting|-qr-phase|state-connecting|delete-connecting)$/, "waiting"],
  [/^(find(Chats|Contacts|Messages)-empty)$/, "empty"],
  [
    /^(state-close|logout-close|restart-close|delete-close|.*-name-spaces|state-instance-token|delete-with-instance-key|state-other-tenant-token|(state|webhook-find|sendText)-query-override|webhook-find-never-set)$/,
    "close",
  ],
];

function stageOf(name: string): Stage {
  return STAGES.find(([pattern]) => pattern.test(name))?.[1] ?? "open";
}

const played = recordings().filter(({ name }) => !NOT_PLAYED.some(([pattern]) => pattern.test(name)));

let practice: Practice;
let files: http.Server;
let filesUrl = "";
let ids: Record<string, string> = {};
let counter = 0;

/** A picture whose file WhatsApp has not kept. */
const EXPIRED_IMAGE = {
  url: "https://mmg.whatsapp.net/v/gone2.enc",
  mediaKey: "dM8=",
  mimetype: "image/jpeg",
  directPath: "/v/gone2.enc",
  fileLength: { low: 75, high: 0, unsigned: true },
  fileSha256: "Ac3=",
  annotations: [],
  scanLengths: [],
  fileEncSha256: "fv4=",
  mediaKeyTimestamp: { low: 1795163946, high: 0, unsigned: false },
  interactiveAnnotations: [],
};

/** One linked number with a chat in which everything has happened that the recorded calls ask for. */
async function fillOpenInstance(): Promise<void> {
  await pairInstance(practice, "open", {
    webhook: { url: practice.receiver.url, events: [], base64: true, headers: { "X-Hook-Secret": "s3cr3t" } },
  });
  const { control } = practice;
  const text = await control.write("open", ANA, { type: "text", text: "no media", name: "Ana Pérez" });
  const image = await control.write("open", ANA, { type: "image", text: "pie", media: PIXEL });
  const edited = await control.write("open", ANA, { type: "text", text: "precio 100" });
  await control.write("open", ANA, { type: "edit", target: edited.id, text: "precio 130 https://x.pe" });
  const deleted = await control.write("open", ANA, { type: "text", text: "ups" });
  await control.write("open", ANA, { type: "delete", target: deleted.id });
  await control.write("open", "51955511122", {
    type: "text",
    text: "Hola desde LID",
    name: "Rosa",
    lid: "185820110777001",
    addressing: "lid",
  });
  await sendText(practice, "open", "185820110777001@lid", "por lid");
  const gone = await control.write("open", ANA, { type: "raw", message: { imageMessage: EXPIRED_IMAGE } });
  for (const words of ["uno", "dos", "tres"]) await control.write("open", ANA, { type: "text", text: words });
  const ours = await sendText(practice, "open", ANA, "Hola Ana");
  await settle(practice, "open");
  ids = {
    AC00000000000000000000000000TX01: text.id,
    AC00000000000000000000000000MD01: image.id,
    AC00000000000000000000000000MD02: gone.id,
    AC9DC506ABAF4D3091F829773B0A3D4E: edited.id,
    AC16DEBA046A857AC0CC94DE8FC6ECB9: deleted.id,
    "3EB09B6C08608282B5B126": ours,
    "3EB0D5CBDAF859784A91CF": ours,
  };
}

/** Instances the calls without a stage of their own speak of. */
async function fillOthers(): Promise<void> {
  const hook = { url: practice.receiver.url, events: ["MESSAGES_UPSERT"], headers: { "X-Tenant": "acme" } };
  await createInstance(practice, "acme-1", { qrcode: false, webhook: hook });
  await createInstance(practice, "acme-2", {
    qrcode: false,
    token: "tenant-token-acme-2",
    webhook: { url: practice.receiver.url, events: [] },
  });
  await pairInstance(practice, "plain");
}

beforeAll(async () => {
  practice = await startPractice({ timings: { qrLimit: 1000 } });
  files = http.createServer((request, response) => {
    if (request.url?.includes("404404")) response.writeHead(404).end();
    else response.end("%PDF-1.4 fake");
  });
  await new Promise<void>((resolve) => files.listen(0, "127.0.0.1", resolve));
  const address = files.address();
  filesUrl = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  await fillOpenInstance();
  await fillOthers();
});

afterAll(async () => {
  files.close();
  await practice.close();
});

async function stageInstance(stage: Stage, recording: Recording): Promise<string> {
  if (stage === "open" && !/^(baileys-logout-open|delete-open|baileys-restart-open)$/.test(recording.name))
    return "open";
  if (stage === "empty" || stage === "plain") return "plain";
  counter += 1;
  const name = `${stage}-${counter}`;
  if (stage === "close") {
    const token = ["temp-key-1", "tenant-token-acme-2"].find(
      (key) => key === recording.request.headers.apikey && recording.name !== "state-other-tenant-token",
    );
    const webhook = recording.name === "webhook-find-never-set" ? { webhook: undefined } : {};
    await createInstance(practice, name, { qrcode: false, ...(token ? { token } : {}), ...webhook });
  } else if (stage === "waiting" || stage === "qrLimit") await createInstance(practice, name);
  else await pairInstance(practice, name);
  if (stage === "loggedOut") {
    const code = recording.name.includes("403") ? 403 : 401;
    if (recording.name.includes("after-logout")) await practice.call("DELETE", `/instance/logout/${name}`);
    else await practice.control.scenario({ instance: name, name: "disconnect", code });
  }
  return name;
}

/** Secrets of the lab in a request: ids, files and keys become those of this run. */
function translate(text: string): string {
  const withIds = Object.entries(ids).reduce((all, [theirs, mine]) => all.replaceAll(theirs, mine), text);
  return withIds
    .replaceAll("http://127.0.0.1:9002", filesUrl)
    .replaceAll("http://localhost:9001", practice.receiver.url);
}

/** A time window of the lab becomes the last minute and the next. */
function now(body: unknown): unknown {
  const shift = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();
  const text = JSON.stringify(body)
    .replace(/"gte":"[^"]+"/, `"gte":"${shift(-1)}"`)
    .replace(/"lte":"[^"]+"/, `"lte":"${shift(1)}"`);
  return JSON.parse(translate(text));
}

const OWN_PATH = /^\/(instance|webhook|settings|message|chat|group|call|template)\/([^/?]+)\/([^?]+)/;

async function replay(
  recording: Recording,
): Promise<{ status: number; body: unknown; name: string; theirName: string }> {
  const stage = stageOf(recording.name);
  const { method, headers, body } = recording.request;
  let path = translate(recording.request.path);
  let name = "";
  if (recording.name === "delete-again") {
    name = "gone-already";
    path = path.replace("acme-2", name);
  }
  const theirName =
    OWN_PATH.exec(recording.request.path)?.[3] ??
    new URLSearchParams(path.split("?")[1]).get("instanceName") ??
    "";
  if (stage !== "none") {
    name = await stageInstance(stage, recording);
    path = path.replace(OWN_PATH, (_all, group, call) => `/${group}/${call}/${name}`);
    if (path.startsWith("/instance/fetchInstances")) path = `/instance/fetchInstances?instanceName=${name}`;
    path = path.replace("instanceName=acme-ventas", "instanceName=open");
  }
  if (stage === "reconnecting") {
    // A line that takes its time to come back.
    await practice.control.scenario({ instance: name, name: "connecting_storm", count: 500 });
  }
  const given = headers.apikey ?? null;
  const known =
    given === API_KEY ||
    given === null ||
    ["nope", "bad", "tenant-token-acme-2", "temp-key-1"].includes(given);
  const key = known ? given : "another-instance-key";
  const asked = body === undefined || typeof body === "string" ? body : now(body);
  const answer = await practice.call(method, path, asked, key);
  return { ...answer, name, theirName };
}

/** Recorded bodies whose texts are long reports of the gateway's own database: only their beginning is played. */
const SHORTENED = new Set(["baileys-archiveChat-nolast"]);

/** Names of webhook headers are the tenant's own and part of no shape. */
const isNoHeader = (difference: string): boolean => !difference.startsWith("body.headers.");

describe("recorded calls", () => {
  test("at least two hundred are played", () => {
    expect(played.length).toBeGreaterThan(200);
  });

  test.each(played.map((recording) => [recording.name, recording] as const))(
    "%s",
    async (name, recording) => {
      if (name === "create-baileys" || name === "create-own-token") {
        const taken = name === "create-baileys" ? "acme-1" : "acme-2";
        await practice.call("DELETE", `/instance/delete/${taken}`);
      }
      const answer = await replay(recording);
      expect(answer.status, JSON.stringify(answer.body).slice(0, 500)).toBe(recording.response.status);
      if (recording.response.status >= 400 && !SHORTENED.has(name)) {
        const theirs = JSON.stringify(recording.response.body).replaceAll(
          decodeURIComponent(answer.theirName) || "-",
          answer.name || answer.theirName || "-",
        );
        expect(JSON.stringify(answer.body)).toBe(theirs.replaceAll("http://127.0.0.1:9002", filesUrl));
      } else
        expect(
          differences(shapeOf(answer.body), shapeOf(recording.response.body)).filter(isNoHeader),
        ).toEqual([]);
    },
  );
});

test("a form carries the file, and its fields are texts", async () => {
  const form = (extra: Record<string, string>): FormData => {
    const data = new FormData();
    for (const [field, value] of Object.entries({
      number: ANA,
      mediatype: "document",
      caption: "multipart",
      ...extra,
    }))
      data.set(field, value);
    data.set("file", new File(["hola hola!!"], "hola.pdf", { type: "application/pdf" }));
    return data;
  };
  const post = (data: FormData) =>
    fetch(`${practice.sandbox.url}/message/sendMedia/open`, {
      method: "POST",
      headers: { apikey: API_KEY },
      body: data,
    });
  expect((await post(form({}))).status).toBe(201);
  const refused = await post(form({ delay: "10" }));
  expect([refused.status, await refused.json()]).toEqual([
    400,
    { status: 400, error: "Bad Request", response: { message: [["Enter a value in milliseconds"]] } },
  ]);
  const [shown] = (await practice.control.messages("open", ANA)).slice(-1);
  expect(shown).toMatchObject({
    type: "document",
    text: "multipart",
    media: { fileName: "hola.pdf", sizeBytes: 11 },
  });
});

test("a refused first webhook removes the instance again", async () => {
  const webhook = { url: "http://localhost:9001/acme-4" };
  const refused = await practice.call("POST", "/instance/create", {
    instanceName: "acme-4",
    integration: "WHATSAPP-BAILEYS",
    webhook,
  });
  expect(refused.status).toBe(400);
  expect((await practice.call("GET", "/webhook/find/acme-4")).status).toBe(404);
});

test("a sender of the business is named once it was linked", async () => {
  const hook = await until(() => {
    const found = practice.receiver.of("messages.upsert")[0];
    if (!found) throw new Error("none yet");
    return found;
  });
  expect(hook).toMatchObject({
    sender: `${BUSINESS}@s.whatsapp.net`,
    destination: practice.receiver.url,
    apikey: null,
  });
});
