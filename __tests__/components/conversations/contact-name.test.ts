import { expect, test } from "vitest";
import { contactName } from "#components/conversations/contact-name.ts";
import { aConversation } from "./support.ts";

const { contact } = aConversation(1);

test.each([
  [{ name: "Ana", profileName: "anita", phone: "+51987654321" }, "Ana", true],
  [{ name: "  ", profileName: "anita", phone: "+51987654321" }, "~anita", true],
  [{ name: null, profileName: null, phone: "+51987654321" }, "+51 987 654 321", false],
  [{ name: null, profileName: null, phone: null }, "unknown", false],
  [{ kind: "group" as const, name: null, profileName: "Clientes VIP", phone: null }, "Clientes VIP", true],
])("%j is called %s", (known, text, isName) => {
  expect(contactName({ ...contact, ...known }, "unknown")).toEqual({ text, isName });
});
