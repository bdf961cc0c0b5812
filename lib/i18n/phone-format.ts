/**
 * How people write phone numbers, by calling code and digits after it: enough to show a number well
 * without loading a numbering-plan library into every page. Held against libphonenumber by its test.
 */
const PATTERNS: Record<string, readonly { pattern: string; starts?: RegExp }[]> = {
  "1": [{ pattern: "### ### ####" }],
  "7": [{ pattern: "### ###-##-##" }],
  "31": [{ pattern: "# ########", starts: /^6/ }],
  "33": [{ pattern: "# ## ## ## ##" }],
  "34": [{ pattern: "### ## ## ##" }],
  "39": [{ pattern: "### ### ####", starts: /^3/ }],
  "41": [{ pattern: "## ### ## ##" }],
  "44": [{ pattern: "#### ######", starts: /^7/ }],
  "48": [{ pattern: "### ### ###" }],
  "49": [{ pattern: "#### #######", starts: /^15/ }],
  "51": [
    { pattern: "### ### ###", starts: /^9/ },
    { pattern: "# #######", starts: /^1/ },
  ],
  "52": [
    { pattern: "## #### ####", starts: /^(33|55|56|81)/ },
    { pattern: "### ### ####", starts: /^[2-9]/ },
  ],
  "54": [
    { pattern: "# ## #### ####", starts: /^911/ },
    { pattern: "# ### ### ####", starts: /^9(2[2-4]|26|29|34|35|37|38)/ },
  ],
  "55": [
    { pattern: "## #####-####", starts: /^\d\d9/ },
    { pattern: "## ####-####", starts: /^\d\d[2-5]/ },
  ],
  "56": [{ pattern: "# #### ####", starts: /^(9|2)/ }],
  "57": [{ pattern: "### #######", starts: /^3/ }],
  "58": [{ pattern: "### #######", starts: /^4/ }],
  "351": [{ pattern: "### ### ###" }],
  "370": [{ pattern: "### #####", starts: /^6/ }],
  "371": [{ pattern: "## ### ###" }],
  "372": [{ pattern: "#### ####", starts: /^5/ }],
  "502": [{ pattern: "#### ####" }],
  "503": [{ pattern: "#### ####" }],
  "504": [{ pattern: "#### ####" }],
  "505": [{ pattern: "#### ####" }],
  "506": [{ pattern: "#### ####" }],
  "507": [{ pattern: "#### ####", starts: /^6/ }],
  "591": [{ pattern: "########", starts: /^[67]/ }],
  "593": [{ pattern: "## ### ####", starts: /^9/ }],
  "595": [{ pattern: "### ######", starts: /^9/ }],
  "598": [{ pattern: "## ### ###", starts: /^9/ }],
};

const CALLING_CODE_DIGITS_MAX = 3;

/** `+51 987 654 321` from E.164; a number we know no pattern for stays as it is. */
export function formatPhone(e164: string): string {
  if (!/^\+\d{6,15}$/.test(e164)) return e164;
  const digits = e164.slice(1);
  for (let length = 1; length <= CALLING_CODE_DIGITS_MAX; length += 1) {
    const patterns = PATTERNS[digits.slice(0, length)];
    if (!patterns) continue;
    const rest = digits.slice(length);
    const found = patterns.find(
      ({ pattern, starts }) =>
        pattern.replaceAll(/[^#]/g, "").length === rest.length && (starts?.test(rest) ?? true),
    );
    return found ? `+${digits.slice(0, length)} ${fill(found.pattern, rest)}` : e164;
  }
  return e164;
}

function fill(pattern: string, digits: string): string {
  let next = 0;
  return pattern.replaceAll("#", () => digits[next++] ?? "");
}
