/**
 * Philox 4x32-10: a bijection of a 128-bit counter under a 64-bit key whose outputs pass BigCrush, so that any block of
 * a stream can be computed on its own. Words are little-endian: `counter[0]` is the lowest.
 *
 * @param out Takes `4 * blocks` words, those of `counter`, `counter + 1`, ... in order.
 * @param counter Four 32-bit words; the lower two count, the upper two stay.
 * @param key Two 32-bit words.
 * @see Salmon, Moraes, Dror, Shaw (2011), "Parallel random numbers: as easy as 1, 2, 3", section 3.3.
 */
export function philox(out: Uint32Array, blocks: number, counter: Uint32Array, key: Uint32Array): void {
  const upper2 = counter[2]! | 0;
  const upper3 = counter[3]! | 0;
  let low = counter[0]! | 0;
  let high = counter[1]! | 0;
  for (let at = 0; at < 4 * blocks; at += 4) {
    let a = low;
    let b = high;
    let c = upper2;
    let d = upper3;
    let k0 = key[0]! | 0;
    let k1 = key[1]! | 0;
    for (let round = 0; round < 10; round++) {
      // Unsigned 32 x 32 bit products by halves of 16 bits; no partial sum passes 2^32.
      const a0 = a & 0xffff;
      const a1 = a >>> 16;
      const lowA = Math.imul(a0, 0x1f53);
      const midA = (Math.imul(a1, 0x1f53) + (lowA >>> 16)) | 0;
      const topA = (Math.imul(a0, 0xd251) + (midA & 0xffff)) | 0;
      const upperA = (Math.imul(a1, 0xd251) + (midA >>> 16) + (topA >>> 16)) | 0;
      const c0 = c & 0xffff;
      const c1 = c >>> 16;
      const lowC = Math.imul(c0, 0x8d57);
      const midC = (Math.imul(c1, 0x8d57) + (lowC >>> 16)) | 0;
      const topC = (Math.imul(c0, 0xcd9e) + (midC & 0xffff)) | 0;
      const upperC = (Math.imul(c1, 0xcd9e) + (midC >>> 16) + (topC >>> 16)) | 0;
      a = upperC ^ b ^ k0;
      b = (topC << 16) | (lowC & 0xffff);
      c = upperA ^ d ^ k1;
      d = (topA << 16) | (lowA & 0xffff);
      k0 = (k0 + 0x9e3779b9) | 0;
      k1 = (k1 + 0xbb67ae85) | 0;
    }
    out[at] = a;
    out[at + 1] = b;
    out[at + 2] = c;
    out[at + 3] = d;
    low = (low + 1) | 0;
    if (low === 0) high = (high + 1) | 0;
  }
}
