import type { ReactNode } from "react";
import { parseFormatting, type TextPart } from "../formatting.ts";

/** A text with WhatsApp's marks. Direction follows each paragraph's own first letters. */
export function FormattedText({ text }: { text: string }) {
  return <>{parseFormatting(text).map(renderPart)}</>;
}

// The parts of one text never change their order, so their place is their key.
function renderPart(part: TextPart, index: number): ReactNode {
  switch (part.kind) {
    case "text":
      return part.text;
    case "link":
      return (
        <a
          key={index}
          href={part.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className="break-all text-accent-text underline decoration-1 underline-offset-2"
        >
          {part.text}
        </a>
      );
    case "mono":
      return (
        <code key={index} className="rounded-[4px] bg-ink/6 px-1 font-mono text-[0.875em]">
          {part.text}
        </code>
      );
    case "bold":
      return <strong key={index}>{part.parts.map(renderPart)}</strong>;
    case "italic":
      return <em key={index}>{part.parts.map(renderPart)}</em>;
    case "strike":
      return <s key={index}>{part.parts.map(renderPart)}</s>;
  }
}
