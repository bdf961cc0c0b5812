"use client";

import { useEffect, useRef, useState } from "react";
import type { OutgoingFile } from "../mutations.ts";
import type { Attachment } from "./attachments.ts";

/** What has been picked for the next sending. Reading files is loaded with the first of them. */
export function useAttachments() {
  const [attachments, setAttachments] = useState<Attachment[]>([]);
  const shown = useRef(attachments);
  shown.current = attachments;
  useEffect(() => () => forget(shown.current), []);

  return {
    attachments,
    async add(files: readonly File[]) {
      if (files.length === 0) return;
      const { readAttachments } = await import("./attachments.ts");
      const read = await readAttachments(files);
      setAttachments((before) => [...before, ...read]);
    },
    change(next: Attachment[]) {
      forget(attachments.filter(({ id }) => !next.some((kept) => kept.id === id)));
      setAttachments(next);
    },
    clear() {
      forget(attachments);
      setAttachments([]);
    },
    /** Those that can be sent, in their order; nothing stays behind. */
    take(): OutgoingFile[] {
      const sendable = attachments.filter(({ problem }) => problem === null);
      forget(attachments);
      setAttachments([]);
      return sendable.map(({ file, type, caption, width, height, durationS }) => ({
        file,
        type,
        caption,
        ...(width !== undefined && { width }),
        ...(height !== undefined && { height }),
        ...(durationS !== undefined && { durationS }),
      }));
    },
  };
}

function forget(attachments: readonly Attachment[]): void {
  for (const { previewUrl } of attachments) if (previewUrl) URL.revokeObjectURL(previewUrl);
}
