import type { PracticeCustomer } from "#lib/domain/sandbox/practice-phones.ts";
import type { SandboxChat } from "#lib/domain/sandbox/schema.ts";

/** One person on the other side: who was invented here, joined with what the gateway knows of the chat. */
export type Customer = {
  /** Digits, as the gateway names the chat. */
  phone: string;
  name: string;
  online: boolean;
  unread: number;
  businessPresence: SandboxChat["businessPresence"];
  lastMessage: SandboxChat["lastMessage"];
};

export function digitsOf(phone: string): string {
  return phone.replaceAll(/\D/g, "");
}

/**
 * The digits under which WhatsApp keeps a person: Brazil's newer digit from area code 31 on, Mexico's 1
 * and Argentina's 9 are left out (phones.md section 1).
 */
export function chatPhone(phone: string): string {
  return digitsOf(phone)
    .replace(/^55(3[1-9]|[4-9]\d)9(\d{8})$/, "55$1$2")
    .replace(/^521(\d{10})$/, "52$1")
    .replace(/^549(\d{10})$/, "54$1");
}

/** People with messages first, the latest on top; then the others in the order they were added. */
export function joinCustomers(known: readonly PracticeCustomer[], chats: readonly SandboxChat[]): Customer[] {
  const byPhone = new Map(chats.map((chat) => [chat.phone, chat]));
  const listed = known.map(({ name, phone }) =>
    customerOf(chatPhone(phone), name, byPhone.get(chatPhone(phone))),
  );
  const phones = new Set(listed.map(({ phone }) => phone));
  const others = chats
    .filter(({ phone }) => !phones.has(phone))
    .map((chat) => customerOf(chat.phone, chat.name ?? `+${chat.phone}`, chat));
  return [...listed, ...others].sort((a, b) => lastAt(b) - lastAt(a));
}

function customerOf(phone: string, name: string, chat: SandboxChat | undefined): Customer {
  return {
    phone,
    name,
    online: chat?.online ?? true,
    unread: chat?.unread ?? 0,
    businessPresence: chat?.businessPresence ?? null,
    lastMessage: chat?.lastMessage ?? null,
  };
}

function lastAt(customer: Customer): number {
  return customer.lastMessage ? Date.parse(customer.lastMessage.at) : 0;
}
