import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EngineError } from '../engine-error.js';
import { nameOf, type PinnedFile } from '../libtorch/pins.js';

/**
 * Moves files that uv has unpacked already flat into a folder, each checked against its size and SHA-256.
 *
 * @throws EngineError if one is missing or another than the pinned one.
 */
export async function takeMembers(options: {
  readonly from: string;
  readonly files: readonly PinnedFile[];
  readonly into: string;
  readonly onBytes?: (bytes: number) => void;
  readonly signal?: AbortSignal | undefined;
}): Promise<void> {
  for (const file of options.files) {
    const { member, bytes, sha256 } = file;
    const path = join(options.from, ...member.split('/'));
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) throw new EngineError(`uv has put no ${member} where it was told to`);
    if (found.size !== bytes)
      throw new EngineError(`uv has brought a ${member} of ${found.size} bytes, not the pinned ${bytes}`);
    const hash = createHash('sha256');
    await pipeline(createReadStream(path), hash, { ...(options.signal && { signal: options.signal }) });
    if (hash.digest('hex') !== sha256)
      throw new EngineError(`uv has brought a ${member} of another SHA-256 than the pinned one`);
    await chmod(path, 0o600);
    await rename(path, join(options.into, nameOf(file)));
    options.onBytes?.(bytes);
  }
}
