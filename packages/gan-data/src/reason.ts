/** What an error of the system says in short: its code (`ENOENT`) where it has one, else its message. */
export function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause instanceof Error ? `${error.message} (${reason(error.cause)})` : error.message;
}
