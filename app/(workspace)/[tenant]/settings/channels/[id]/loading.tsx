import { PageSkeleton } from "#components/channels/channel-page.tsx";

export default function Loading() {
  return <PageSkeleton />;
}
