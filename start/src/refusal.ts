import { Interrupted } from './interruption.js';

/** What the user asked for cannot be done, for a reason that one sentence tells. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** The sentence of an error of the file system, which Node prints without saying what was being done; else undefined. */
export function fileFault(error: unknown): string | undefined {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return undefined;
  const path = 'path' in error ? ` ${error.path}` : '';
  return `the file system refused (${error.code}, ${error.syscall})${path}: choose another folder with --out, or make room there`;
}

/** Runs what depends on what the user said: what it throws is the user's to mend, and its message says how. */
export async function refusing<T>(prepare: () => T | Promise<T>): Promise<T> {
  try {
    return await prepare();
  } catch (cause) {
    if (cause instanceof Refusal || cause instanceof Interrupted || !(cause instanceof Error)) throw cause;
    throw new Refusal(fileFault(cause) ?? cause.message, { cause });
  }
}
