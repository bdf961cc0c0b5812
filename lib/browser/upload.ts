import { AppError } from "#lib/kernel/errors.ts";
import type { TenantId } from "#lib/kernel/ids.ts";
import { errorFrom } from "./api.ts";

export type UploadOptions = {
  tenantId: TenantId;
  /** The form's other fields; they go before the file, so that its limits are known while it arrives. */
  fields?: Record<string, string>;
  /** 0 to 1, as far as it has left this browser. */
  onProgress?: (part: number) => void;
  signal?: AbortSignal;
};

/**
 * Sends one file as a form. By XMLHttpRequest, because fetch does not tell how far an upload is. Fails
 * like the API does; a caller that aborts gets its own reason.
 */
export function uploadFile<T>(path: string, file: Blob, name: string, options: UploadOptions): Promise<T> {
  const { tenantId, fields = {}, onProgress, signal } = options;
  return new Promise<T>((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const request = new XMLHttpRequest();
    request.open("POST", `/api/v1${path}`);
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("x-recado-tenant", tenantId);
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) onProgress?.(event.loaded / event.total);
    });
    const abort = () => request.abort();
    signal?.addEventListener("abort", abort, { once: true });
    request.addEventListener("loadend", () => signal?.removeEventListener("abort", abort));
    request.addEventListener("abort", () => reject(signal?.reason ?? new AppError("server_unreachable")));
    request.addEventListener("error", () => reject(new AppError("server_unreachable")));
    request.addEventListener("load", () => {
      const answer = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(answer as T);
      else reject(errorFrom({ status: request.status, headers: headersOf(request) }, answer));
    });
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    form.append("file", file, name);
    request.send(form);
  });
}

function headersOf(request: XMLHttpRequest): Headers {
  const wait = request.getResponseHeader("retry-after");
  return new Headers(wait ? { "retry-after": wait } : {});
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
