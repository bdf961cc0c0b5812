/**
 * A first guess while typing; the server has the list of leaked passwords and the last word. `short`
 * is below the least length, `easy` would not stand a guess.
 */
export type PasswordStrength = "short" | "easy" | "good" | "strong";

export const PASSWORD_LENGTH_MIN = 10;
const STRONG_LENGTH = 16;
const DISTINCT_MIN = 5;
const RUN_MAX = 5;

const COMMON = /password|passw0rd|contrase|senha|qwert|asdfg|zxcvb|whatsapp|recado|iloveyou|tequiero|amor/;
const ROWS = ["0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm"];

export function passwordStrength(password: string, personal: readonly string[] = []): PasswordStrength {
  if (password.length < PASSWORD_LENGTH_MIN) return "short";
  const lower = password.toLowerCase();
  const own = personal
    .flatMap((text) => text.toLowerCase().split(/[\s@.]+/))
    .filter((word) => word.length >= 4);
  const rest = own.reduce((left, word) => left.replaceAll(word, ""), lower).replace(COMMON, "");
  if (new Set(lower).size < DISTINCT_MIN || rest.length < PASSWORD_LENGTH_MIN - 4 || hasRun(rest))
    return "easy";
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{L}\d]/u].filter((kind) => kind.test(password)).length;
  return password.length >= STRONG_LENGTH || (password.length >= 12 && kinds >= 3) ? "strong" : "good";
}

/** Mostly a walk along the keyboard or the alphabet: `1234567890`, `abcdefgh12`. */
function hasRun(text: string): boolean {
  return ROWS.some((row) => {
    for (let start = 0; start + RUN_MAX < row.length; start += 1) {
      const run = row.slice(start, start + RUN_MAX + 1);
      if (text.includes(run) && text.replace(run, "").length < PASSWORD_LENGTH_MIN - 2) return true;
    }
    return false;
  });
}
