/** The workspace's part of the address: lower case ASCII words of the business name. */
export function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 40)
    .replace(/-+$/, "");
  return words === "" || RESERVED.has(words) ? `negocio${words && `-${words}`}` : words;
}

/** Names that pages of the product itself have at the top level. */
const RESERVED = new Set([
  "api",
  "app",
  "apps",
  "login",
  "register",
  "invite",
  "docs",
  "_next",
  "sandbox",
  "static",
  "public",
  "favicon",
]);
