/** Only paths of our own: `//elsewhere` and `/\elsewhere` lead to other sites. */
export function safeNext(next: string | null | undefined): string {
  return next && /^\/(?![/\\])/.test(next) && !/[\t\r\n]/.test(next) ? next : "/";
}
