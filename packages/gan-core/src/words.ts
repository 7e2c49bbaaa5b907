import { philox } from './philox.js';

/** Blocks whose second counter word has this bit make streams; those without it make numbers. */
const derives = 0x80000000;

/** The endless words of one stream: Philox blocks 0, 1, 2, ... under a 128-bit identity (key and upper counter). */
export class Words {
  readonly #identity: Uint32Array;
  readonly #spare = new Uint32Array(4);
  #left = 0;
  #block = 0;

  /** @param identity Four words: the key, then the upper half of the counter. */
  constructor(identity: Uint32Array) {
    this.#identity = identity;
  }

  /** Fills `out` from its start with at least `count` words (whole blocks), or as many as it holds; tells how many. */
  fill(out: Uint32Array, count: number): number {
    const blocks = Math.min(Math.ceil(count / 4), out.length >>> 2);
    count128(this.#block, this.#block / 2 ** 32, this.#identity);
    philox(out, blocks, counter, this.#identity);
    this.#block += blocks;
    return 4 * blocks;
  }

  /** One word, unsigned. */
  next(): number {
    if (this.#left === 0) this.#left = this.fill(this.#spare, 4);
    return this.#spare[4 - this.#left--]!;
  }

  /**
   * The words of a stream of another name. A name is spelt as words that no other name begins with (a kind and a length,
   * then the text or the float64), and each of them takes the identity to the next through Philox. As that is a
   * bijection, names part where they differ and meet again only by a 128-bit accident.
   */
  derive(name: readonly (string | number)[]): Words {
    const identity = new Uint32Array(4);
    identity.set(this.#identity);
    for (const part of name)
      for (const word of spelt(part)) {
        count128(word, derives, identity);
        philox(identity, 1, counter, identity);
      }
    return new Words(identity);
  }
}

const counter = new Uint32Array(4);

/** Sets the counter: its own lower half, the upper half of an identity. */
function count128(low: number, high: number, identity: Uint32Array): void {
  counter[0] = low;
  counter[1] = high;
  counter[2] = identity[2]!;
  counter[3] = identity[3]!;
}

const float = new Float64Array(1);
const floatWords = new Uint32Array(float.buffer);

/** A part of a name in words. */
function spelt(part: string | number): readonly number[] {
  if (typeof part === 'number') {
    float[0] = part + 0; // -0 is 0
    return [0, floatWords[0]!, floatWords[1]!];
  }
  const words = [1 + part.length];
  for (let at = 0; at < part.length; at += 2) words.push(part.charCodeAt(at) | ((part.charCodeAt(at + 1) || 0) << 16));
  return words;
}
