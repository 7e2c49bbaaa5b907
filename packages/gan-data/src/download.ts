import { constants } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FormatError } from '@gan/core';
import { makeFolder } from './make-folder.js';
import { difference, isThere, type PublishedFile } from './published-file.js';
import { reason } from './reason.js';
import { responseChunks } from './response-chunks.js';

export interface Download {
  readonly folder: string;
  /** Addresses of folders that hold the file, the best first. */
  readonly mirrors: readonly string[];
  /** Milliseconds without a byte after which a connection is given up; 30 s unless said. */
  readonly stall?: number;
  /** Milliseconds to wait when every mirror has failed once; 1 s unless said. */
  readonly rest?: number;
}

/**
 * The path of a published file, fetched if it is not there. It grows as `name.part`, goes on from there after a cut, be
 * it in this process or the next, at whatever mirror answers, and takes its name only once its SHA-256 is right. Pieces
 * are written where they belong in the file, so processes that fetch it at the same time do each other no harm.
 *
 * @throws FormatError if another file is in its place, the folder cannot be written, or no mirror has the file.
 */
export async function download(file: PublishedFile, options: Download): Promise<string> {
  const { folder, mirrors } = options;
  const path = join(folder, file.name);
  const part = `${path}.part`;
  const problems: string[] = [];
  // All mirrors together; if what they made up is wrong, each alone and from the beginning.
  for (const some of [mirrors, ...mirrors.map((mirror) => [mirror])]) {
    if (await isThere(path, file)) return path;
    const missing = await fetchPart(file, part, { ...options, mirrors: some });
    problems.push(...missing);
    if (missing.length > 0 && some === mirrors) break;
    if (missing.length > 0) continue;
    // Another process may have renamed the part meanwhile: then there is nothing to compare, and nothing to rename.
    const problem = await difference(part, file).catch(() => undefined);
    if (!problem) {
      const failure = await rename(part, path).catch((error: unknown) => error);
      if (await isThere(path, file)) return path;
      throw new FormatError(part, `cannot be renamed to ${file.name}: ${reason(failure)}`, { cause: failure });
    }
    await rm(part, { force: true });
    problems.push(`what came from ${some.join(' and ')} ${problem}`);
  }
  throw new FormatError(
    file.name,
    `could not be fetched: ${problems.join('; ')}. Without a connection, put the file into ${folder} by hand`,
  );
}

/**
 * Fills the part, going from mirror to mirror for as long as any of them adds a byte.
 *
 * @returns What each mirror answered, if they did not make up the whole.
 */
async function fetchPart(
  file: PublishedFile,
  part: string,
  { mirrors, stall = 30_000, rest = 1000 }: Download,
): Promise<readonly string[]> {
  const handle = await openPart(part);
  try {
    const { size } = await handle.stat();
    let position = size > file.bytes ? 0 : size;
    let furthest = position;
    const problems = new Map<string, string>();
    for (let turn = 0, idle = 0; position < file.bytes; turn++) {
      if (idle === 2 * mirrors.length) {
        if (furthest === 0) await rm(part, { force: true });
        return mirrors.length === 0 ? ['no mirror is named'] : [...problems].map((both) => both.join(': '));
      }
      if (idle === mirrors.length) await pause(rest);
      const mirror = mirrors[turn % mirrors.length]!;
      const address = `${mirror.replace(/\/+$/, '')}/${file.name}`;
      try {
        for await (const { at, bytes } of responseChunks(address, { from: position, bytes: file.bytes, stall })) {
          await write(handle, { at, bytes, part });
          position = at + bytes.length;
        }
      } catch (error) {
        if (error instanceof FormatError) throw error;
        problems.set(address, reason(error));
      }
      idle = position > furthest ? 0 : idle + 1;
      furthest = Math.max(furthest, position);
    }
    await handle.truncate(file.bytes);
    await handle.sync();
    return [];
  } finally {
    await handle.close();
  }
}

async function openPart(part: string): Promise<FileHandle> {
  const folder = dirname(part);
  try {
    await makeFolder(folder);
    return await open(part, constants.O_RDWR | constants.O_CREAT, 0o644);
  } catch (error) {
    throw new FormatError(
      folder,
      `cannot be written (${reason(error)}), so nothing can be fetched into it; name another folder in the options or in XDG_CACHE_HOME`,
      { cause: error },
    );
  }
}

async function write(
  handle: FileHandle,
  { at, bytes, part }: { readonly at: number; readonly bytes: Uint8Array; readonly part: string },
): Promise<void> {
  try {
    for (let done = 0; done < bytes.length; )
      done += (await handle.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
  } catch (error) {
    throw new FormatError(part, `cannot be written: ${reason(error)}`, { cause: error });
  }
}
