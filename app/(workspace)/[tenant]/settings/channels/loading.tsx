import { ListSkeleton } from "#components/channels/channel-list.tsx";
import { Skeleton } from "#components/ui/skeleton.tsx";

export default function Loading() {
  return (
    <div className="flex flex-col gap-5">
      <Skeleton className="h-8 w-64" />
      <ListSkeleton />
    </div>
  );
}
