/** True for an error of the system (ENOENT, ENOSPC) or of a library with this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
