import { closeSync, openSync, readSync } from 'node:fs';

const [LOADED, DYNAMIC] = [1, 2];
const [NEEDED, STRINGS, STRINGS_SIZE] = [1, 5, 10];

/**
 * The libraries that a 64-bit, little-endian ELF library says it needs (its DT_NEEDED entries), in their order. Only its
 * tables are read, so that half a gigabyte takes no time. Layout: System V ABI, chapter 5.
 *
 * @throws TypeError naming the file if it is none of that kind.
 */
export function elfNeeds(path: string): readonly string[] {
  const file = openSync(path, 'r');
  const bytesAt = (position: number, size: number): Buffer => {
    const bytes = Buffer.alloc(size);
    if (readSync(file, bytes, 0, size, position) === size) return bytes;
    throw new TypeError(`${path} must be a whole ELF library, but ends before byte ${position + size}`);
  };
  try {
    const header = bytesAt(0, 64);
    if (header.toString('latin1', 0, 6) !== '\x7fELF\x02\x01')
      throw new TypeError(`${path} must be a 64-bit, little-endian ELF library, but does not start as one`);
    const [start, each, count] = [Number(header.readBigUInt64LE(32)), header.readUInt16LE(54), header.readUInt16LE(56)];
    const segments = Array.from({ length: count }, (_, i) => segment(bytesAt(start + i * each, 56)));
    const dynamic = segments.find(({ type }) => type === DYNAMIC);
    if (dynamic === undefined) throw new TypeError(`${path} must be a shared library, but has no dynamic section`);
    const table = entries(bytesAt(dynamic.offset, dynamic.size));
    const [strings, size] = [STRINGS, STRINGS_SIZE].map((tag) => table.find((entry) => entry.tag === tag)?.value);
    const home = segments.find(
      ({ type, address, size }) => type === LOADED && strings! >= address && strings! < address + size,
    );
    if (size === undefined || home === undefined)
      throw new TypeError(`${path} must be a shared library, but has no table of names`);
    const names = bytesAt(home.offset + strings! - home.address, size);
    return table
      .filter(({ tag }) => tag === NEEDED)
      .map(({ value }) => names.toString('latin1', value, names.indexOf(0, value)));
  } finally {
    closeSync(file);
  }
}

/** A program header: what it is for, where it lies in the file, and at which address it is loaded. */
const segment = (bytes: Buffer) => ({
  type: bytes.readUInt32LE(0),
  offset: Number(bytes.readBigUInt64LE(8)),
  address: Number(bytes.readBigUInt64LE(16)),
  size: Number(bytes.readBigUInt64LE(32)),
});

/** The entries of a dynamic section. */
const entries = (bytes: Buffer) =>
  Array.from({ length: Math.floor(bytes.length / 16) }, (_, i) => ({
    tag: Number(bytes.readBigInt64LE(16 * i)),
    value: Number(bytes.readBigUInt64LE(16 * i + 8)),
  }));
