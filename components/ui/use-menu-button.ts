"use client";

import { useRef, useState } from "react";
import type { MenuAnchor } from "./anchored-menu.tsx";

/** A button whose menu is loaded when it is first pressed: spread `button` over it, render the menu while `anchor` is set. */
export function useMenuButton() {
  const ref = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const anchor: MenuAnchor | null = open ? { of: ref, onClose: () => setOpen(false) } : null;
  return {
    anchor,
    button: {
      ref,
      type: "button" as const,
      "aria-haspopup": "menu" as const,
      "aria-expanded": open,
      onClick: () => setOpen((before) => !before),
    },
  };
}
