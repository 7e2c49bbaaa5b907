import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { assertCount, assertKnownOptions, FormatError } from '@gan/core';
import { IDX_TYPES, type IdxValues } from './idx-values.js';
import { reason } from './reason.js';

/** What an IDX file holds. */
export interface Idx {
  readonly shape: readonly number[];
  /** All numbers, the last dimension running fastest. */
  readonly values: IdxValues;
}

/**
 * The format of the MNIST files: two zero bytes, a type (0x08 uint8, 0x09 int8, 0x0B int16, 0x0C int32, 0x0D float32,
 * 0x0E float64), the number of dimensions, each dimension as a big-endian uint32, then the numbers, big-endian. A file
 * is exactly as long as its dimensions say, or it is refused.
 *
 * @param bytes The file, not compressed. The values of one-byte types share its memory.
 * @param where What to call the file in an error.
 * @throws FormatError with what was found and what was expected.
 * @see The description on the page of MNIST, "File formats for the MNIST database".
 */
export function parseIdx(bytes: Uint8Array, where: string): Idx {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) throw new FormatError(where, `holds ${bytes.length} bytes, but an IDX file begins with 4`);
  if (view.getUint16(0) !== 0)
    throw new FormatError(
      where,
      `begins with the bytes ${hex(bytes[0]!)} ${hex(bytes[1]!)}, but an IDX file with 00 00`,
    );
  const type = IDX_TYPES.get(bytes[2]!);
  if (!type)
    throw new FormatError(
      where,
      `is of type ${hex(bytes[2]!)}, but IDX has ${[...IDX_TYPES.keys()].map(hex).join(', ')}`,
    );

  const dimensions = bytes[3]!;
  const header = 4 + 4 * dimensions;
  if (bytes.length < header)
    throw new FormatError(where, `ends after ${bytes.length} bytes, but its ${dimensions} dimensions take ${header}`);
  const shape = Array.from({ length: dimensions }, (_, k) => view.getUint32(4 + 4 * k));
  // Beyond 2^53 the product is no longer exact, but nor can it be the size of anything.
  const expected = header + (shape.includes(0) ? 0 : shape.reduce((product, side) => product * side, type.bytes));
  if (bytes.length !== expected)
    throw new FormatError(
      where,
      `holds ${bytes.length} bytes, but its dimensions [${shape.slice(0, 8).join(', ')}${dimensions > 8 ? ', ...' : ''}] of ${type.bytes}-byte numbers make ${expected}`,
    );
  return { shape, values: type.values(new DataView(bytes.buffer, bytes.byteOffset + header, bytes.length - header)) };
}

/**
 * Reads an IDX file, gzipped or not.
 *
 * @param options.limit The most bytes that the file may hold once unpacked; 2^30 unless said.
 * @throws FormatError naming the file, if it cannot be read, holds more than the limit, or is not an IDX file to the
 *   last byte.
 */
export async function readIdx(path: string, options: { readonly limit?: number } = {}): Promise<Idx> {
  assertKnownOptions('readIdx', options, ['limit']);
  const { limit = 2 ** 30 } = options;
  assertCount('limit', limit);
  return parseIdx(await unpacked(path, limit), path);
}

async function unpacked(path: string, limit: number): Promise<Uint8Array> {
  let bytes: Uint8Array;
  try {
    const { size } = await stat(path);
    if (size > limit) throw new FormatError(path, `holds ${size} bytes, but at most ${limit} were expected`);
    bytes = await readFile(path);
  } catch (error) {
    if (error instanceof FormatError) throw error;
    throw new FormatError(path, `cannot be read: ${reason(error)}`, { cause: error });
  }
  if (!(bytes[0] === 0x1f && bytes[1] === 0x8b)) return bytes;
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: limit });
  } catch (error) {
    const problem =
      reason(error) === 'ERR_BUFFER_TOO_LARGE'
        ? `unpacks to more than the ${limit} bytes that were expected`
        : `is damaged: gzip says '${(error as Error).message}'`;
    throw new FormatError(path, problem, { cause: error });
  }
}

const hex = (byte: number): string => `0x${byte.toString(16).padStart(2, '0')}`;
