/**
 * The one table of expected failures. HTTP reads `status`, the worker reads `retry`, the logger reads
 * `report`, the browser translates the code (`errors.<code>` in lib/i18n/messages).
 */
export const ERRORS = {
  // requests
  invalid_input: { status: 422, retry: false, report: false },
  invalid_json: { status: 400, retry: false, report: false },
  payload_too_large: { status: 413, retry: false, report: false },
  unsupported_media_type: { status: 415, retry: false, report: false },
  unauthenticated: { status: 401, retry: false, report: false },
  wrong_credentials: { status: 401, retry: false, report: false },
  forbidden: { status: 403, retry: false, report: false },
  missing_scope: { status: 403, retry: false, report: false },
  cross_origin: { status: 403, retry: false, report: false },
  not_found: { status: 404, retry: false, report: false },
  method_not_allowed: { status: 405, retry: false, report: false },
  conflict: { status: 409, retry: false, report: false },
  id_taken: { status: 409, retry: false, report: false },
  idempotency_key_reused: { status: 409, retry: false, report: false },
  email_taken: { status: 409, retry: false, report: false },
  weak_password: { status: 422, retry: false, report: false },
  rate_limited: { status: 429, retry: true, report: false },
  // webhooks
  webhook_unauthorized: { status: 401, retry: false, report: false },
  // channels and the gateway behind them
  channel_disconnected: { status: 409, retry: false, report: false },
  channel_busy: { status: 409, retry: true, report: false },
  gateway_unreachable: { status: 503, retry: true, report: false },
  gateway_timeout: { status: 504, retry: true, report: false },
  gateway_rejected_key: { status: 502, retry: false, report: true },
  gateway_instance_missing: { status: 502, retry: false, report: false },
  gateway_name_taken: { status: 502, retry: false, report: false },
  gateway_refused: { status: 502, retry: false, report: true },
  gateway_failed: { status: 502, retry: true, report: false },
  // sending
  recipient_invalid: { status: 422, retry: false, report: false },
  recipient_not_on_whatsapp: { status: 422, retry: false, report: false },
  message_refused: { status: 422, retry: false, report: false },
  message_not_changeable: { status: 409, retry: false, report: false },
  change_too_late: { status: 409, retry: false, report: false },
  message_not_retryable: { status: 409, retry: false, report: false },
  media_rejected: { status: 422, retry: false, report: false },
  media_unavailable: { status: 502, retry: true, report: false },
  /** Still being fetched from WhatsApp, or that failed: see the message. */
  media_not_ready: { status: 409, retry: true, report: false },
  /** The send may have left: nobody may send it again before finding out. */
  send_outcome_unknown: { status: 504, retry: false, report: false },
  /** It left, but the gateway kept no record: nobody may send it again. */
  sent_unrecorded: { status: 502, retry: false, report: true },
  // our own parts
  /** Made by the browser: no answer came from us at all. */
  server_unreachable: { status: 503, retry: true, report: false },
  database_unavailable: { status: 503, retry: true, report: true },
  storage_unavailable: { status: 503, retry: true, report: true },
  realtime_unavailable: { status: 503, retry: true, report: true },
  internal: { status: 500, retry: true, report: true },
} as const satisfies Record<string, { status: number; retry: boolean; report: boolean }>;

export type ErrorCode = keyof typeof ERRORS;

export const ERROR_CODES = Object.keys(ERRORS).filter(isErrorCode);

export function isErrorCode(value: unknown): value is ErrorCode {
  return typeof value === "string" && Object.hasOwn(ERRORS, value);
}

/** One invalid field of an input, `path` as the sender wrote it (`to`, `media.id`). */
export type FieldError = { path: string; code: string; message: string };

type AppErrorOptions = {
  detail?: string;
  fields?: FieldError[];
  retryAfterS?: number;
  cause?: unknown;
};

/** An expected outcome. Bugs are plain throws and end as `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly fields: FieldError[];
  readonly retryAfterS: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.detail ? `${code}: ${options.detail}` : code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.detail = options.detail;
    this.fields = options.fields ?? [];
    this.retryAfterS = options.retryAfterS;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
  get retryable(): boolean {
    return ERRORS[this.code].retry;
  }
  get reportable(): boolean {
    return ERRORS[this.code].report;
  }
}

/** The code of anything thrown; what is not ours is a bug. */
export function toErrorCode(error: unknown): ErrorCode {
  return error instanceof AppError ? error.code : "internal";
}
