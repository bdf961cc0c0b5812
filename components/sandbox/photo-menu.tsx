"use client";

import { Camera, ImagePlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "#components/ui/dropdown-menu.tsx";
import { toast } from "#components/ui/toast.tsx";
import type { WriteAsCustomer } from "#lib/domain/sandbox/schema.ts";
import { base64Of } from "./file-base64.ts";
import { preparePhoto } from "./photo.ts";
import { FILE_BYTES_MAX, SAMPLE_PHOTOS, samplePhoto, samplePhotoUrl } from "./samples.ts";

type PhotoMessage = Omit<Extract<WriteAsCustomer, { type: "image" }>, "name">;

/** A photo of one's own, or one that comes with the phone. */
export function PhotoMenu({
  disabled,
  onSend,
}: {
  disabled: boolean;
  onSend: (message: PhotoMessage) => void;
}) {
  const t = useTranslations("sandbox.chat");
  const input = useRef<HTMLInputElement>(null);

  async function sendFile(file: File) {
    try {
      const photo = await preparePhoto(file);
      if (photo.size > FILE_BYTES_MAX) toast.error(t("fileTooLarge"));
      else
        onSend({
          type: "image",
          media: await base64Of(photo),
          mimeType: "image/jpeg",
          fileName: "photo.jpg",
        });
    } catch {
      toast.error(t("photoRejected"));
    }
  }

  return (
    <>
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        data-testid="photo-file"
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          currentTarget.value = "";
          if (file) void sendFile(file);
        }}
      />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <button
            type="button"
            disabled={disabled}
            aria-label={t("photo")}
            title={t("photo")}
            className="flex size-9 shrink-0 items-center justify-center rounded-full text-ink-muted hover:bg-hover hover:text-ink disabled:opacity-50"
          >
            <Camera className="size-5" />
          </button>
        </DropdownMenuTrigger>
        <DropdownMenuContent side="top" align="start">
          <DropdownMenuLabel>{t("samples")}</DropdownMenuLabel>
          {SAMPLE_PHOTOS.map((name) => (
            <DropdownMenuItem
              key={name}
              onSelect={() => void samplePhoto(name).then(onSend, () => toast.error(t("photoRejected")))}
            >
              {/* biome-ignore lint/performance/noImgElement: a bundled file of the size it is shown in */}
              <img src={samplePhotoUrl(name)} alt="" className="size-8 rounded-sm object-cover" />
              {t(`photos.${name}`)}
            </DropdownMenuItem>
          ))}
          <DropdownMenuSeparator />
          <DropdownMenuItem onSelect={() => input.current?.click()}>
            <ImagePlus />
            {t("chooseFile")}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </>
  );
}
