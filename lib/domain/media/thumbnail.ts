import sharp from "sharp";

/**
 * A picture can be small as a file and fill the memory when unfolded: larger than this gets no
 * thumbnail. Phones make up to 50 megapixels.
 */
const PIXELS_MAX = 50_000_000;
/** For screens of twice the density of a bubble. */
const EDGE_MAX = 640;
const SECONDS_MAX = 15;

/** What is drawn here; vector and document formats are never handed to the decoder. */
const PICTURES = new Set(["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif", "image/tiff"]);

// The worker does other things too, and originals are seen once.
sharp.cache(false);
sharp.concurrency(1);

export type Picture = { width: number; height: number; animated: boolean; thumbnail: Uint8Array | null };

/**
 * Size as people see it (turned as the camera was held) and a small WebP without any metadata; null
 * when it is no picture that can be read.
 */
export async function readPicture(path: string, mimeType: string): Promise<Picture | null> {
  if (!PICTURES.has(mimeType)) return null;
  const size = await measure(path);
  if (!size) return null;
  if (size.width * size.height > PIXELS_MAX) return { ...size, thumbnail: null };
  try {
    const thumbnail = await sharp(path, { limitInputPixels: PIXELS_MAX, failOn: "error" })
      .autoOrient()
      .resize(EDGE_MAX, EDGE_MAX, { fit: "inside", withoutEnlargement: true })
      .webp({ quality: 74 })
      .timeout({ seconds: SECONDS_MAX })
      .toBuffer();
    return { ...size, thumbnail };
  } catch {
    // Truncated or damaged: the file itself is kept and offered as it came.
    return { ...size, thumbnail: null };
  }
}

async function measure(path: string): Promise<Omit<Picture, "thumbnail"> | null> {
  try {
    // Only the header is read; the limit would refuse to tell the size of what is too large.
    const { autoOrient, pages } = await sharp(path, { limitInputPixels: false }).metadata();
    return { width: autoOrient.width, height: autoOrient.height, animated: (pages ?? 1) > 1 };
  } catch {
    return null;
  }
}
