import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { FormatError } from '@gan/core';

/** A file that never changes, wherever it is had from. */
export interface PublishedFile {
  readonly name: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/**
 * @returns Whether the file is there.
 * @throws FormatError if something else is in its place.
 */
export async function isThere(path: string, file: PublishedFile): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return false;
  const problem = await difference(path, file);
  if (problem) throw new FormatError(path, `${problem}; remove it and it is fetched anew`);
  return true;
}

/** What tells the file at `path` from the published one, if anything does. */
export async function difference(path: string, { bytes, sha256 }: PublishedFile): Promise<string | undefined> {
  const { size } = await stat(path);
  if (size !== bytes) return `holds ${size} bytes, but the published file ${bytes}`;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  const found = hash.digest('hex');
  return found === sha256 ? undefined : `has the SHA-256 ${found}, but the published file ${sha256}`;
}
