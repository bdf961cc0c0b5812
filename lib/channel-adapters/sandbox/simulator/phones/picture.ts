import type { Reply } from "../http/replies.ts";

/** A drawn portrait for every number, so that no practice screen asks the Internet for one. */
export function pictureOf(path: string): Reply | null {
  const phone = /^\/pictures\/(\d{4,20})\.svg$/.exec(path)?.[1];
  if (!phone) return null;
  const hue = [...phone].reduce((sum, digit) => (sum * 31 + Number(digit)) % 360, 7);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="hsl(${hue} 45% 82%)"/><circle cx="48" cy="38" r="17" fill="hsl(${hue} 40% 45%)"/><path d="M14 96c0-20 15-34 34-34s34 14 34 34z" fill="hsl(${hue} 40% 45%)"/></svg>`;
  return {
    status: 200,
    body: Buffer.from(svg),
    headers: { "content-type": "image/svg+xml", "cache-control": "public, max-age=86400" },
  };
}
