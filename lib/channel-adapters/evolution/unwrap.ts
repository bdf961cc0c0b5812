/** Finds the real content inside WhatsApp's wrappers (CONTRACT §13.1). */
import { isObject, type JsonObject } from "./wire-values.ts";

const WRAPPERS = [
  "ephemeralMessage",
  "viewOnceMessage",
  "viewOnceMessageV2",
  "viewOnceMessageV2Extension",
  "documentWithCaptionMessage",
  "lottieStickerMessage",
  "editedMessage",
  "deviceSentMessage",
];
const VIEW_ONCE = new Set(["viewOnceMessage", "viewOnceMessageV2", "viewOnceMessageV2Extension"]);
const DEPTH_MAX = 5;

/** Keys that lie beside the content and are none themselves; the last three are the gateway's own. */
const BESIDE_CONTENT = new Set([
  "messageContextInfo",
  "senderKeyDistributionMessage",
  "contextInfo",
  "base64",
  "mediaUrl",
  "speechToText",
]);

export type Unwrapped = {
  /** WhatsApp's name of the content, `imageMessage` for example; undefined when there is none. */
  type: string | undefined;
  value: unknown;
  viewOnce: boolean;
  /** What lies around the content, outermost first, for `messageContextInfo` and `contextInfo`. */
  layers: JsonObject[];
};

export function unwrap(message: JsonObject): Unwrapped {
  const layers = [message];
  let viewOnce = false;
  let current = message;
  for (let depth = 0; depth < DEPTH_MAX; depth++) {
    const wrapper = wrapperOf(current);
    if (!wrapper) break;
    viewOnce ||= VIEW_ONCE.has(wrapper.name);
    current = wrapper.inner;
    layers.push(current);
  }
  const type = contentKey(current);
  return { type, value: type === undefined ? undefined : current[type], viewOnce, layers };
}

function wrapperOf(message: JsonObject): { name: string; inner: JsonObject } | undefined {
  for (const name of WRAPPERS) {
    const inner = innerMessage(message[name]);
    if (inner) return { name, inner };
  }
  // Wrappers that WhatsApp invents later look the same: one key whose value holds only a `message`.
  const name = contentKey(message);
  const inner = name === undefined ? undefined : innerMessage(message[name]);
  const alone = name !== undefined && isObject(message[name]) && Object.keys(message[name]).length === 1;
  return name !== undefined && inner && alone ? { name, inner } : undefined;
}

function innerMessage(wrapper: unknown): JsonObject | undefined {
  return isObject(wrapper) && isObject(wrapper.message) ? wrapper.message : undefined;
}

function contentKey(message: JsonObject): string | undefined {
  for (const key in message) {
    if (!BESIDE_CONTENT.has(key) && message[key] !== null && message[key] !== undefined) return key;
  }
  return undefined;
}
