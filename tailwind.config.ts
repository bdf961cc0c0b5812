import type { Config } from "tailwindcss";

/**
 * Names for the tokens of app/globals.css. Components use these names only, so that light, dark and
 * density are decided in one file.
 */
export default {
  content: ["./app/**/*.{ts,tsx}", "./components/**/*.{ts,tsx}", "./lib/browser/**/*.{ts,tsx}"],
  theme: {
    extend: {
      colors: {
        // surfaces, from the back of the page to what floats over it
        canvas: "var(--canvas)",
        surface: "var(--surface)",
        raised: "var(--raised)",
        sunken: "var(--sunken)",
        hover: "var(--hover)",
        selected: "var(--selected)",
        overlay: "var(--overlay)",
        // text
        ink: { DEFAULT: "var(--ink)", muted: "var(--ink-muted)", faint: "var(--ink-faint)" },
        // lines: hairlines divide, `control` edges what one can use (3:1)
        line: { DEFAULT: "var(--line)", strong: "var(--line-strong)", control: "var(--line-control)" },
        accent: {
          DEFAULT: "var(--accent)",
          hover: "var(--accent-hover)",
          ink: "var(--accent-ink)",
          text: "var(--accent-text)",
          tint: "var(--accent-tint)",
        },
        bubble: { in: "var(--bubble-in)", out: "var(--bubble-out)", wall: "var(--bubble-wall)" },
        // state only
        danger: {
          DEFAULT: "var(--danger)",
          hover: "var(--danger-hover)",
          ink: "var(--danger-ink)",
          text: "var(--danger-text)",
          tint: "var(--danger-tint)",
        },
        warning: { DEFAULT: "var(--warning)", text: "var(--warning-text)", tint: "var(--warning-tint)" },
        success: { DEFAULT: "var(--success)", text: "var(--success-text)", tint: "var(--success-tint)" },
        info: { DEFAULT: "var(--info)", text: "var(--info-text)", tint: "var(--info-tint)" },
        tick: { read: "var(--tick-read)" },
        focus: "var(--focus)",
      },
      fontFamily: {
        sans: ["Inter Variable", "ui-sans-serif", "system-ui", "sans-serif"],
        mono: ["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"],
      },
      fontSize: {
        // 14 px base, 13 px secondary, 15 px in bubbles
        tiny: ["0.6875rem", { lineHeight: "1rem" }],
        small: ["0.8125rem", { lineHeight: "1.125rem" }],
        base: ["0.875rem", { lineHeight: "1.25rem" }],
        bubble: ["0.9375rem", { lineHeight: "1.3125rem" }],
        title: ["1.0625rem", { lineHeight: "1.5rem" }],
        display: ["1.5rem", { lineHeight: "2rem" }],
      },
      borderRadius: { sm: "6px", md: "8px", lg: "10px", xl: "14px" },
      boxShadow: { float: "var(--shadow-float)" },
      transitionDuration: { DEFAULT: "140ms" },
      screens: { md: "48rem", lg: "64rem", xl: "80rem" },
    },
  },
} satisfies Config;
