"use client";

import { useRouter } from "next/navigation";
import { startTransition } from "react";
import { BrokenPage } from "#components/shell/broken-page.tsx";

export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const router = useRouter();
  return (
    <BrokenPage
      digest={error.digest}
      onRetry={() =>
        startTransition(() => {
          router.refresh();
          reset();
        })
      }
    />
  );
}
