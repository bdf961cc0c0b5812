import { SelectedConversation } from "#components/conversations/selected-conversation.tsx";

export default function InboxPage() {
  return <SelectedConversation />;
}
