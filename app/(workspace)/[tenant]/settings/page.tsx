import { redirect } from "next/navigation";

/** What people come here for most: their WhatsApp. */
export default async function SettingsPage({ params }: { params: Promise<{ tenant: string }> }) {
  redirect(`/${(await params).tenant}/settings/channels`);
}
