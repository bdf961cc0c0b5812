/** The largest a picture or video gets in a bubble, and the smallest it is still recognised at. */
const MAX = { width: 330, height: 380 };
const MIN = { width: 140, height: 90 };

/** The room for a picture before it has arrived, so that nothing moves when it does. */
export function boxFor(
  width: number | null | undefined,
  height: number | null | undefined,
): { width: number; aspectRatio: string } {
  if (!width || !height) return { width: 260, aspectRatio: "4 / 3" };
  const scale = Math.min(MAX.width / width, MAX.height / height, 1);
  const box = {
    width: Math.round(Math.max(width * scale, MIN.width)),
    height: Math.round(Math.max(height * scale, MIN.height)),
  };
  return { width: box.width, aspectRatio: `${box.width} / ${box.height}` };
}

/** `0:07`, `12:30`, `1:02:05` */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60];
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

const UNITS = ["B", "KB", "MB", "GB"] as const;

/** `13 B`, `240 KB`, `1,4 MB` in the reader's writing of numbers. */
export function fileSize(bytes: number, locale: string): string {
  const power = Math.min(Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1024)), UNITS.length - 1);
  const value = bytes / 1024 ** power;
  const digits = power > 1 && value < 10 ? 1 : 0;
  return `${value.toLocaleString(locale, { maximumFractionDigits: digits })} ${UNITS[power]}`;
}
