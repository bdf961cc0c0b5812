/** What the `?` sheet shows; each works where its place says. */
export const SHORTCUTS = [
  {
    place: "everywhere",
    shortcuts: [
      { name: "help", keys: ["?"] },
      { name: "inbox", keys: ["g", "i"] },
      { name: "settings", keys: ["g", "s"] },
      { name: "sandbox", keys: ["g", "p"] },
      { name: "close", keys: ["Esc"] },
    ],
  },
  {
    place: "inbox",
    shortcuts: [
      { name: "search", keys: ["/"] },
      { name: "newChat", keys: ["n"] },
      { name: "next", keys: ["j"] },
      { name: "previous", keys: ["k"] },
      { name: "leave", keys: ["Esc"] },
    ],
  },
  {
    place: "writing",
    shortcuts: [
      { name: "send", keys: ["Enter"] },
      { name: "newLine", keys: ["Shift", "Enter"] },
    ],
  },
] as const;
