/** The addresses of an ELF library in one segment that starts at 0: header, two program headers, and what follows them. */
const [HEADER, PROGRAM, SYMBOL, ENTRY] = [64, 56, 24, 16];
const DYNAMIC = HEADER + 2 * PROGRAM;
const CODE = DYNAMIC + 6 * ENTRY;
const SYMBOLS = CODE + 16;
const HASH = SYMBOLS + 2 * SYMBOL;
const STRINGS = HASH + 5 * 4 + 4;

/**
 * A shared library for Linux on x86-64 in half a kilobyte, with one function: `name()` returns `value`, as
 * `aoti_torch_abi_version()` does. Such a libtorch of any version fits into a test. (Layout: System V ABI, chapters 4 and 5.)
 */
export function tinyLibrary(name: string, value: bigint): Buffer {
  const strings = Buffer.from(`\0${name}\0`, 'latin1');
  const bytes = Buffer.alloc(STRINGS + strings.length);
  const put = (at: number, ...values: readonly number[]) => {
    for (const [index, item] of values.entries()) bytes.writeBigUInt64LE(BigInt(item), at + 8 * index);
  };

  // 64-bit, little-endian; a shared object (3) for x86-64 (62); where the program headers are, and that there are two.
  bytes.write('\x7fELF\x02\x01\x01', 'latin1');
  bytes.writeUInt32LE(3 | (62 << 16), 16);
  bytes.writeUInt32LE(1, 20);
  put(32, HEADER);
  bytes.writeUInt16LE(HEADER, 52);
  bytes.writeUInt16LE(PROGRAM, 54);
  bytes.writeUInt16LE(2, 56);

  // Loaded (1) whole, readable, writable and executable (7); the dynamic section (2).
  bytes.writeUInt32LE(1, HEADER);
  bytes.writeUInt32LE(7, HEADER + 4);
  put(HEADER + 8, 0, 0, 0, bytes.length, bytes.length, 4096);
  bytes.writeUInt32LE(2, HEADER + PROGRAM);
  bytes.writeUInt32LE(6, HEADER + PROGRAM + 4);
  put(HEADER + PROGRAM + 8, DYNAMIC, DYNAMIC, DYNAMIC, 6 * ENTRY, 6 * ENTRY, 8);

  // DT_HASH, DT_STRTAB, DT_SYMTAB, DT_STRSZ, DT_SYMENT, DT_NULL.
  put(DYNAMIC, 4, HASH, 5, STRINGS, 6, SYMBOLS, 10, strings.length, 11, SYMBOL, 0, 0);

  // movabs $value, %rax; ret
  bytes.writeUInt16LE(0xb848, CODE);
  bytes.writeBigUInt64LE(value, CODE + 2);
  bytes[CODE + 10] = 0xc3;

  // After the null symbol a global function, defined in some section.
  bytes.writeUInt32LE(1, SYMBOLS + SYMBOL);
  bytes.writeUInt32LE(0x12 | (1 << 16), SYMBOLS + SYMBOL + 4);
  put(SYMBOLS + SYMBOL + 8, CODE, 11);

  // One bucket that leads to symbol 1, and chains that end there.
  for (const [index, word] of [1, 2, 1, 0, 0].entries()) bytes.writeUInt32LE(word, HASH + 4 * index);
  strings.copy(bytes, STRINGS);
  return bytes;
}
