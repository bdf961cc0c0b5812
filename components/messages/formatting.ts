/** A piece of a message's text as WhatsApp shows it. */
export type TextPart =
  | { kind: "text"; text: string }
  | { kind: "link"; text: string; href: string }
  | { kind: "mono"; text: string }
  | { kind: "bold" | "italic" | "strike"; parts: TextPart[] };

const MARKS = { "*": "bold", _: "italic", "~": "strike" } as const;
type Mark = keyof typeof MARKS;

/**
 * WhatsApp's marks: *bold*, _italic_, ~strike~ within a line, ```mono``` over several, `mono` within one.
 * A mark counts only where a word begins and ends, so 2*3*4 and snake_case stay as they are. Links are
 * what begins with http:// or https://; nothing else becomes clickable.
 */
export function parseFormatting(text: string): TextPart[] {
  const parts: TextPart[] = [];
  const blocks = text.split("```");
  // An odd number of fences leaves the last one as plain text.
  const closed = blocks.length % 2 === 1 ? blocks.length : blocks.length - 1;
  for (let index = 0; index < closed; index += 1) {
    const block = blocks[index] ?? "";
    if (index % 2 === 0) parts.push(...parseSpans(block));
    else if (block.trim() !== "") parts.push({ kind: "mono", text: block });
    else parts.push({ kind: "text", text: `\`\`\`${block}\`\`\`` });
  }
  if (closed < blocks.length) parts.push(...parseSpans(`\`\`\`${blocks[closed] ?? ""}`));
  return joinTexts(parts);
}

const WORD = /[\p{L}\p{N}]/u;
const LINK = /https?:\/\/[^\s<>"'`]+/giu;

function parseSpans(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let plainFrom = 0;
  // Once a mark has no end further on, no later one of its kind has: keeps long texts linear.
  const endless = new Map<string, number>();
  let lineEnd = -1;
  let wordStart = 0;
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (at > lineEnd) lineEnd = endOfLine(text, at);
    if (char === " " || char === "\n") wordStart = at + 1;
    if (char !== "`" && !isMark(char)) {
      at += 1;
      continue;
    }
    const opening = endless.get(char) !== lineEnd && opens(text, at) && !isAddress(text, wordStart, at);
    const end = opening ? closingMark(text, at, lineEnd) : -1;
    if (end === -1) {
      if (opening) endless.set(char, lineEnd);
      at += 1;
      continue;
    }
    parts.push(...linkify(text.slice(plainFrom, at)));
    const inner = text.slice(at + 1, end);
    parts.push(
      isMark(char) ? { kind: MARKS[char], parts: parseSpans(inner) } : { kind: "mono", text: inner },
    );
    at = end + 1;
    plainFrom = at;
  }
  parts.push(...linkify(text.slice(plainFrom)));
  return parts;
}

function isMark(char: string): char is Mark {
  return char in MARKS;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end === -1 ? text.length : end;
}

function opens(text: string, at: number): boolean {
  const before = text[at - 1];
  const after = text[at + 1];
  if (before !== undefined && WORD.test(before)) return false;
  return after !== undefined && !/\s/u.test(after) && after !== text[at];
}

function closingMark(text: string, from: number, lineEnd: number): number {
  const mark = text[from] ?? "";
  for (let at = text.indexOf(mark, from + 2); at !== -1 && at < lineEnd; at = text.indexOf(mark, at + 1)) {
    const before = text[at - 1];
    const after = text[at + 1];
    const ends = after === undefined || !WORD.test(after);
    if (before !== undefined && !/\s/u.test(before) && ends) return at;
  }
  return -1;
}

/** A mark in an address is part of the address. */
function isAddress(text: string, wordStart: number, at: number): boolean {
  return /^https?:\/\//iu.test(text.slice(wordStart, Math.min(at, wordStart + 8)));
}

function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const address = withoutTrailingPunctuation(match[0]);
    if (!isSafeAddress(address)) continue;
    if (match.index > from) parts.push({ kind: "text", text: text.slice(from, match.index) });
    parts.push({ kind: "link", text: address, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ kind: "text", text: text.slice(from) });
  return parts;
}

function withoutTrailingPunctuation(address: string): string {
  let end = address.replace(/[.,;:!?*_~]+$/u, "");
  // A bracket belongs to the sentence unless it was opened inside the address.
  while (end.endsWith(")") && end.split(")").length > end.split("(").length) {
    end = end.slice(0, -1).replace(/[.,;:!?]+$/u, "");
  }
  return end;
}

function isSafeAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  // A name before @ can make a link look like another site.
  return (
    (url.protocol === "https:" || url.protocol === "http:") && url.username === "" && url.hostname !== ""
  );
}

function joinTexts(parts: TextPart[]): TextPart[] {
  const joined: TextPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (part.kind === "text" && last?.kind === "text") {
      joined[joined.length - 1] = { kind: "text", text: last.text + part.text };
    } else if (part.kind !== "text" || part.text !== "") joined.push(part);
  }
  return joined;
}

/** Where a text is cut before "read more"; null when it is shown whole. Never inside a character. */
export function collapsePoint(text: string, maxChars = 1_200, maxLines = 18): number | null {
  let lines = 1;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === "\n" && ++lines > maxLines) return at;
    if (at >= maxChars) {
      const space = text.lastIndexOf(" ", at);
      const cut = space > maxChars / 2 ? space : at;
      return isLowSurrogate(text, cut) ? cut - 1 : cut;
    }
  }
  return null;
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}

/** One line without marks, for previews. */
export function plainPreview(text: string, maxChars = 160): string {
  const line = text
    .slice(0, maxChars * 3)
    .replace(/\s+/gu, " ")
    .trim();
  return flatten(parseFormatting(line)).slice(0, maxChars);
}

function flatten(parts: readonly TextPart[]): string {
  return parts.map((part) => ("parts" in part ? flatten(part.parts) : part.text)).join("");
}

const EMOJI_ONLY =
  /^(?:(?:\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f\u20e3]*(?:\u200d\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}\ufe0f]*)*|[\u{1f1e6}-\u{1f1ff}]{2})\s*){1,4}$/u;

/** One to four emoji and nothing else: shown large. */
export function isEmojiOnly(text: string): boolean {
  return text.length <= 60 && EMOJI_ONLY.test(text.trim());
}
