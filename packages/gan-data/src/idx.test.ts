import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { FormatError, random } from '@gan/core';
import { afterAll, describe, expect, it } from 'vitest';
import { parseIdx, readIdx } from './idx.js';

const folder = mkdtempSync(join(tmpdir(), 'gan-idx-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** Two pictures of 2 x 3 bytes, as the MNIST page lays them out. */
const pictures = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255);

/** A file of one dimension, of these bytes. */
const vector = (type: number, count: number, ...bytes: number[]) =>
  Uint8Array.of(0, 0, type, 1, 0, 0, 0, count, ...bytes);

describe('parseIdx', () => {
  it('reads bytes with their dimensions', () => {
    const { shape, values } = parseIdx(pictures, 'p');
    expect(shape).toEqual([2, 2, 3]);
    expect(values).toEqual(Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 255));
  });

  it.each([
    ['int8', vector(0x09, 2, 0x80, 0x7f), Int8Array.of(-128, 127)],
    ['int16', vector(0x0b, 2, 0xff, 0xfe, 0x01, 0x02), Int16Array.of(-2, 258)],
    ['int32', vector(0x0c, 1, 0xff, 0xff, 0xff, 0x00), Int32Array.of(-256)],
    // Sign, exponent 127 + 1, mantissa 1.5: -3 is c0400000, and in float64 with exponent 1023 + 1 c008000000000000.
    ['float32', vector(0x0d, 1, 0xc0, 0x40, 0, 0), Float32Array.of(-3)],
    ['float64', vector(0x0e, 1, 0xc0, 0x08, 0, 0, 0, 0, 0, 0), Float64Array.of(-3)],
  ])('reads big-endian %s', (_, bytes, values) => {
    expect(parseIdx(bytes, 'v')).toEqual({ shape: [values.length], values });
  });

  it('reads a file without samples, and a single number without dimensions', () => {
    expect(parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 0), 'e')).toEqual({ shape: [0], values: new Uint8Array() });
    expect(parseIdx(Uint8Array.of(0, 0, 8, 0, 42), 's')).toEqual({ shape: [], values: Uint8Array.of(42) });
  });

  it.each([
    ['is empty', Uint8Array.of(), 'holds 0 bytes, but an IDX file begins with 4'],
    [
      'begins with something else',
      Uint8Array.of(0x50, 0x4b, 3, 4),
      'begins with the bytes 0x50 0x4b, but an IDX file with 00 00',
    ],
    [
      'has an unknown type',
      Uint8Array.of(0, 0, 0x0a, 1, 0, 0, 0, 0),
      'is of type 0x0a, but IDX has 0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e',
    ],
    ['ends in its header', pictures.subarray(0, 10), 'ends after 10 bytes, but its 3 dimensions take 16'],
    [
      'is cut short',
      pictures.subarray(0, 27),
      'holds 27 bytes, but its dimensions [2, 2, 3] of 1-byte numbers make 28',
    ],
    [
      'goes on after its end',
      Uint8Array.of(...pictures, 0),
      'holds 29 bytes, but its dimensions [2, 2, 3] of 1-byte numbers make 28',
    ],
    [
      // 65536^2 numbers of 8 bytes and a header of 12: 2^35 + 12
      'claims to be huge',
      Uint8Array.of(0, 0, 0x0e, 2, 0, 1, 0, 0, 0, 1, 0, 0),
      'holds 12 bytes, but its dimensions [65536, 65536] of 8-byte numbers make 34359738380',
    ],
  ])('refuses a file that %s', (_, bytes, problem) => {
    expect(() => parseIdx(bytes, 'digits.idx')).toThrow(new FormatError('digits.idx', problem));
  });

  it('answers 20,000 damaged files with an IDX or a FormatError, nothing else', () => {
    const { integer } = random(11);
    const samples = [pictures, vector(0x0d, 1, 1, 2, 3, 4), vector(0x0b, 2, 1, 2, 3, 4)];
    let refused = 0;
    for (let k = 0; k < 20_000; k++) {
      const original = samples[integer(samples.length)]!;
      const damaged = Uint8Array.from(original).subarray(
        0,
        integer(4) ? original.length : integer(original.length + 1),
      );
      for (let times = integer(4); times > 0 && damaged.length > 0; times--)
        damaged[integer(Math.min(damaged.length, integer(2) ? 16 : 64))] = integer(256);
      try {
        const { shape, values } = parseIdx(damaged, 'damaged');
        // What passes is consistent: as many numbers as the dimensions say.
        if (values.length !== shape.reduce((product, side) => product * side, 1)) throw new Error(`[${shape}]`);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        refused++;
      }
    }
    // Both happen often: damage of the numbers themselves cannot be seen.
    expect(refused).toBeGreaterThan(5_000);
    expect(refused).toBeLessThan(19_000);
  });
});

describe('readIdx', () => {
  it('reads a file, gzipped or not', async () => {
    const expected = parseIdx(pictures, 'p');
    for (const path of [file('plain', pictures), file('packed.gz', gzipSync(pictures))]) {
      const { shape, values } = await readIdx(path);
      expect([shape, [...values]]).toEqual([expected.shape, [...expected.values]]);
    }
  });

  it('refuses what unpacks to more than the limit, without unpacking it', async () => {
    const bomb = file('bomb.gz', gzipSync(new Uint8Array(2 ** 24)));
    await expect(readIdx(bomb, { limit: 2 ** 20 })).rejects.toThrow(
      new FormatError(bomb, 'unpacks to more than the 1048576 bytes that were expected'),
    );
    const large = file('large', new Uint8Array(100));
    await expect(readIdx(large, { limit: 99 })).rejects.toThrow(
      new FormatError(large, 'holds 100 bytes, but at most 99 were expected'),
    );
  });

  it('refuses a gzip that is cut short, damaged, or followed by something', async () => {
    const packed = gzipSync(pictures);
    const cut = file('cut.gz', packed.subarray(0, packed.length - 3));
    const followed = file('followed.gz', Buffer.concat([packed, Buffer.from('tail')]));
    const changed = Uint8Array.from(packed);
    changed[packed.length - 6]! ^= 1; // in the checksum
    const wrong = file('wrong.gz', changed);
    for (const path of [cut, followed, wrong]) {
      await expect(readIdx(path)).rejects.toThrow(FormatError);
      await expect(readIdx(path)).rejects.toThrow(`${path}: is damaged: gzip says '`);
    }
  });

  it('names a file that is not there', async () => {
    const path = join(folder, 'absent');
    await expect(readIdx(path)).rejects.toThrow(new FormatError(path, 'cannot be read: ENOENT'));
  });

  it('answers 500 damaged gzips with an IDX or a FormatError, nothing else', async () => {
    const { integer } = random(12);
    const packed = gzipSync(pictures);
    let refused = 0;
    for (let k = 0; k < 500; k++) {
      const damaged = Uint8Array.from(packed);
      damaged[integer(damaged.length)] = integer(256);
      const found = await readIdx(file('fuzz.gz', damaged)).catch((error: unknown) => error);
      if (found instanceof FormatError) refused++;
      else expect(found).toHaveProperty('shape');
    }
    // A gzip has ten bytes of header, of which five (time, flags, system) mean nothing here; the rest is checked.
    expect(refused).toBeGreaterThan(300);
    expect(refused).toBeLessThan(500);
  });
});
