/** Characters a file name can lie or do harm with, in three groups: unseen, turning, and meaning something to a path. */
const CONTROL = /\p{Cc}|\p{Cs}|\p{Co}/gu;
const UNSEEN = /\p{Default_Ignorable_Code_Point}|[\u2800\ufff9-\ufffc]/gu;
const OF_PATHS = /[\\/:*?"<>|]/g;

/** Names that Windows keeps for devices, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

const LENGTH_MAX = 120;
const ENDING_MAX = 12;

/**
 * A file's name as it can be shown, stored and offered for saving. Direction marks go because
 * a right-to-left mark makes `invoice<mark>fdp.exe` read as `invoiceexe.pdf`; null when nothing is left.
 */
export function cleanFileName(name: string | null | undefined): string | null {
  if (!name) return null;
  const clean = name
    .slice(0, 4000)
    .normalize("NFC")
    .replace(CONTROL, "")
    .replace(UNSEEN, "")
    .replace(OF_PATHS, "_")
    .replace(/\s+/gu, " ")
    .replace(/^[. ]+|[. ]+$/g, "");
  if (clean === "" || /^_+$/.test(clean)) return null;
  return shorten(DEVICE.test(clean) ? `_${clean}` : clean);
}

/** Keeps the ending, because people and phones open files by it. */
function shorten(name: string): string {
  const letters = [...name];
  if (letters.length <= LENGTH_MAX) return name;
  const ending = /\.[^. ]{1,11}$/u.exec(name)?.[0] ?? "";
  const room = LENGTH_MAX - Math.min([...ending].length, ENDING_MAX);
  return `${letters.slice(0, room).join("").trimEnd()}${ending}`;
}
