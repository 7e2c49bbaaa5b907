import { describe, expect, it } from 'vitest';
import { philox } from './philox.js';

const block = (counter: readonly number[], key: readonly number[]) => {
  const out = new Uint32Array(4);
  philox(out, 1, Uint32Array.from(counter), Uint32Array.from(key));
  return [...out];
};

describe('philox', () => {
  // Random123 1.14, tests/kat_vectors, the three lines "philox4x32 10": counter, key, expected.
  it.each([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('gives the published answer for counter %j and key %j', (counter, key, expected) => {
    expect(block(counter, key)).toEqual(expected);
  });

  it('agrees with a product of 64-bit integers, word by word', () => {
    const rounds = (counter: readonly number[], key: readonly number[]) => {
      let [a, b, c, d, k0, k1] = [...counter, ...key].map(BigInt) as [bigint, bigint, bigint, bigint, bigint, bigint];
      for (let round = 0; round < 10; round++) {
        const [left, right] = [a * 0xd2511f53n, c * 0xcd9e8d57n];
        [a, b, c, d] = [(right >> 32n) ^ b ^ k0, right & 0xffffffffn, (left >> 32n) ^ d ^ k1, left & 0xffffffffn];
        [k0, k1] = [(k0 + 0x9e3779b9n) & 0xffffffffn, (k1 + 0xbb67ae85n) & 0xffffffffn];
      }
      return [a, b, c, d].map(Number);
    };
    let counter = [1, 2, 3, 4];
    for (let i = 0; i < 500; i++) {
      const key = [counter[3]!, counter[1]!];
      const expected = rounds(counter, key);
      expect(block(counter, key)).toEqual(expected);
      counter = expected;
    }
  });

  it('counts on from block to block and carries into the second word', () => {
    const out = new Uint32Array(12);
    philox(out, 3, Uint32Array.of(0xfffffffe, 7, 5, 6), Uint32Array.of(8, 9));
    expect([...out]).toEqual([
      ...block([0xfffffffe, 7, 5, 6], [8, 9]),
      ...block([0xffffffff, 7, 5, 6], [8, 9]),
      ...block([0, 8, 5, 6], [8, 9]),
    ]);
  });
});
