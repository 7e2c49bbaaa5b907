/** The places of a shared library in one segment that starts at 0: header, two program headers, dynamic section, names. */
const [HEADER, PROGRAM, ENTRY] = [64, 56, 16];
const DYNAMIC = HEADER + 2 * PROGRAM;

/**
 * A shared library without code that says what it needs. (Layout: System V ABI, chapters 4 and 5.)
 *
 * @param text What is appended to it, as a library is that was linked in.
 */
export function tinyElf(needs: readonly string[], text = ''): Buffer {
  const names = Buffer.from(`\0${needs.map((name) => `${name}\0`).join('')}`, 'latin1');
  const strings = DYNAMIC + (needs.length + 3) * ENTRY;
  const bytes = Buffer.alloc(strings);
  const put = (at: number, ...values: readonly number[]) => {
    for (const [index, value] of values.entries()) bytes.writeBigUInt64LE(BigInt(value), at + 8 * index);
  };
  bytes.write('\x7fELF\x02\x01\x01', 'latin1');
  bytes.writeUInt32LE(3 | (62 << 16), 16);
  put(32, HEADER);
  bytes.writeUInt16LE(PROGRAM, 54);
  bytes.writeUInt16LE(2, 56);
  bytes.writeUInt32LE(1, HEADER);
  put(HEADER + 8, 0, 0, 0, strings + names.length, strings + names.length, 4096);
  bytes.writeUInt32LE(2, HEADER + PROGRAM);
  put(HEADER + PROGRAM + 8, DYNAMIC, DYNAMIC, DYNAMIC, strings - DYNAMIC, strings - DYNAMIC, 8);
  const placed = needs.map((name) => [1, names.indexOf(`\0${name}\0`) + 1]);
  for (const [index, entry] of [...placed, [5, strings], [10, names.length], [0, 0]].entries())
    put(DYNAMIC + index * ENTRY, ...entry);
  return Buffer.concat([bytes, names, Buffer.from(text, 'latin1')]);
}
