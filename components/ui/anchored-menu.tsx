"use client";

import { type ComponentProps, type RefObject, useState } from "react";
import { DropdownMenu, DropdownMenuContent, DropdownMenuTrigger } from "./dropdown-menu.tsx";

export type MenuAnchor = { of: RefObject<HTMLElement | null>; onClose: () => void };

/** A menu beside a button that it is not a child of, so that the button is there before the menu's code. */
export function AnchoredMenu({
  of,
  onClose,
  ...rest
}: MenuAnchor & ComponentProps<typeof DropdownMenuContent>) {
  const [place] = useState(() => {
    const { left, top, width, height } = of.current?.getBoundingClientRect() ?? new DOMRect();
    return { left, top, width, height };
  });
  return (
    <DropdownMenu open onOpenChange={(open) => !open && onClose()}>
      <DropdownMenuTrigger
        aria-hidden
        tabIndex={-1}
        className="pointer-events-none invisible fixed"
        style={place}
      />
      <DropdownMenuContent
        {...rest}
        onPointerDownOutside={(event) => {
          // The button closes it by itself.
          if (event.target instanceof Node && of.current?.contains(event.target)) event.preventDefault();
        }}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          of.current?.focus();
        }}
      />
    </DropdownMenu>
  );
}
