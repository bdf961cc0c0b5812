import { useSyncExternalStore } from "react";

/**
 * Files picked in this browser, by the id of the message they go with. Their bubbles show them from
 * memory, before and after the server has them, so that nothing is drawn twice.
 */
export type LocalFile = {
  file: File;
  url: string;
  /** What a recorder knows of its own recording. */
  durationS?: number;
  waveform?: number[];
};

/** How far it has got, 0 to 1. */
export type UploadState = { part: number; cancel: () => void };

/** Enough for what is being looked at; older ones come from the server like anybody else's. */
const KEPT_MAX = 60;

const files = new Map<string, LocalFile>();
const uploads = new Map<string, UploadState>();
const listeners = new Set<() => void>();

export function keepLocalFile(messageId: string, file: Omit<LocalFile, "url">): LocalFile {
  const kept = { ...file, url: URL.createObjectURL(file.file) };
  files.set(messageId, kept);
  for (const [id, { url }] of files) {
    if (files.size <= KEPT_MAX) break;
    if (uploads.has(id)) continue;
    URL.revokeObjectURL(url);
    files.delete(id);
  }
  return kept;
}

export function localFile(messageId: string): LocalFile | undefined {
  return files.get(messageId);
}

export function dropLocalFile(messageId: string): void {
  const known = files.get(messageId);
  if (!known) return;
  files.delete(messageId);
  // A player may still be reading it.
  setTimeout(() => URL.revokeObjectURL(known.url), 10_000);
}

export function setUpload(messageId: string, state: UploadState | null): void {
  if (state) uploads.set(messageId, state);
  else uploads.delete(messageId);
  if (uploads.size > 0) window.addEventListener("beforeunload", askBeforeLeaving);
  else window.removeEventListener("beforeunload", askBeforeLeaving);
  for (const tell of listeners) tell();
}

/** Null when the file of this message is not on its way from here. */
export function useUpload(messageId: string): UploadState | null {
  return useSyncExternalStore(
    subscribe,
    () => uploads.get(messageId) ?? null,
    () => null,
  );
}

function subscribe(changed: () => void): () => void {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

/** A file lives in this page only until the server has it. */
function askBeforeLeaving(event: BeforeUnloadEvent): void {
  if (uploads.size > 0) event.preventDefault();
}
