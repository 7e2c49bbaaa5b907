import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { TorchError } from './torch-error.js';

const ELF = 0x464c457f;
const SEGMENT = 1;

/** Up to `size` bytes from `position` of an open file; fewer at its end. */
const bytesAt = (file: number, position: number, size: number): Buffer => {
  const bytes = Buffer.alloc(size);
  return bytes.subarray(0, readSync(file, bytes, 0, size, position));
};

/**
 * Refuses an ELF library that was cut short: the loader maps it all the same, and the process dies of SIGBUS at the
 * first page that is not there. Other formats are checked by their own loaders.
 *
 * @throws TorchError with the sizes if the file ends before its last segment.
 */
export function assertWhole(path: string): void {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const header = bytesAt(file, 0, 64);
    if (header.length < 4 || header.readUInt32LE(0) !== ELF) {
      if (process.platform === 'linux')
        throw new TorchError(`${path} is not a shared library: it does not start as an ELF file`);
      return;
    }
    if (header.length < 64 || header[4] !== 2) throw new TorchError(`${path} is not a 64-bit library`);
    const [start, each, count] = [Number(header.readBigUInt64LE(32)), header.readUInt16LE(54), header.readUInt16LE(56)];
    const table = bytesAt(file, start, each * count);
    let needed = start + each * count;
    for (let at = 0; at + 56 <= table.length; at += each)
      if (table.readUInt32LE(at) === SEGMENT)
        needed = Math.max(needed, Number(table.readBigUInt64LE(at + 8) + table.readBigUInt64LE(at + 32)));
    if (size < needed) throw new TorchError(`${path} is damaged: it ends after ${size} bytes of at least ${needed}`);
  } finally {
    closeSync(file);
  }
}
