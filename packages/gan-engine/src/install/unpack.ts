import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yauzl from 'yauzl';
import { EngineError, sentenceOf } from '../engine-error.js';
import { nameOf, type PinnedFile } from '../libtorch/pins.js';

/**
 * Writes some members of a wheel (a zip archive) flat into a folder, each only as large as it is pinned and checked
 * against its SHA-256. Members are taken by their exact names, so no name in the archive decides where anything goes.
 *
 * @param options.onBytes Told of each piece that was written.
 * @throws EngineError if the wheel is damaged, or lacks a member, or one is another than the pinned one.
 */
export async function unpack(options: {
  readonly wheel: string;
  readonly files: readonly PinnedFile[];
  readonly into: string;
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}): Promise<void> {
  const { wheel, files, into, onBytes, signal } = options;
  const left = new Map(files.map((file) => [file.member, file]));
  const archive = await yauzl.openPromise(wheel).catch((cause) => refuse(wheel, 'is damaged', cause));
  try {
    for await (const entry of archive.eachEntry()) {
      const file = left.get(entry.fileName);
      if (file === undefined) continue;
      left.delete(entry.fileName);
      if (entry.uncompressedSize !== file.bytes)
        refuse(wheel, `has a ${file.member} of ${entry.uncompressedSize} bytes, not the pinned ${file.bytes}`);
      const source = await archive.openReadStreamPromise(entry);
      const hash = createHash('sha256');
      const watched = new Transform({
        transform(chunk: Buffer, _, next) {
          hash.update(chunk);
          onBytes?.(chunk.length);
          next(null, chunk);
        },
      });
      await pipeline(source, watched, createWriteStream(join(into, nameOf(file)), { flags: 'wx', mode: 0o600 }), {
        ...(signal && { signal }),
      });
      if (hash.digest('hex') !== file.sha256)
        refuse(wheel, `has a ${file.member} of another SHA-256 than the pinned one`);
      if (left.size === 0) break;
    }
  } catch (cause) {
    if (cause instanceof EngineError || signal?.aborted || (cause as NodeJS.ErrnoException).syscall) throw cause;
    refuse(wheel, 'is damaged', cause);
  } finally {
    archive.close();
  }
  const [missing] = left.keys();
  if (missing !== undefined) refuse(wheel, `has no ${missing}`);
}

function refuse(wheel: string, problem: string, cause?: unknown): never {
  const because = cause === undefined ? '' : ` (${sentenceOf(cause)})`;
  throw new EngineError(`the wheel ${basename(wheel)} ${problem}${because}`, {
    remedy: 'nothing of it was kept; run the command again, or ask who runs your package index',
    cause,
  });
}
