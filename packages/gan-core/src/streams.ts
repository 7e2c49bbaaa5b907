import { type Tensor, tensor } from '@tensorflow/tfjs-core';
import { assertCount, assertFinite, assertPositive, shown } from './checks.js';
import type { Random } from './random.js';
import { Words } from './words.js';
import { fillNormal } from './ziggurat.js';

/**
 * The random stream of a seed. The numbers are made on the host by Philox 4x32-10, which counts instead of keeping a
 * state, so they are the same bits on every engine and machine, and nothing of a stream has to be stored: who derives a
 * stream from the number of a step can start at any step. A stream's name goes into 128 bits of key and counter, so
 * that streams of different names share no numbers.
 *
 * Beyond integer arithmetic only IEEE 754 products and square roots are used, and for about one normal number in a
 * hundred `Math.log` or `Math.exp`, which V8 computes in software (a port of fdlibm), the same on every machine. Where
 * another JavaScript engine differs in their last bit, a decision between two numbers changes once in some 2^50.
 *
 * A name is a path: `stream('a', 1)` is `stream('a').stream(1)`.
 *
 * @param seed A whole number from 0 to 2^53 - 1.
 * @throws TypeError if the seed is none.
 */
export function random(seed: number): Random {
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new TypeError(`seed must be a whole number from 0 to 2^53 - 1, but is ${shown(seed)}`);
  return streamOf(new Words(Uint32Array.of(seed, seed / 2 ** 32, 0, 0)));
}

function streamOf(words: Words): Random {
  return {
    next: () => wide(words) * 2 ** -53,
    integer: (below) => {
      assertCount('below', below);
      return integer(words, below);
    },
    uniform: (shape) => filled(Float32Array, shape, (values) => fillUniform(values, words)),
    normal: (shape) => filled(Float32Array, shape, (values) => fillNormal(values, words)),
    truncatedNormal: (shape, bound) => {
      assertPositive('bound', bound);
      return filled(Float32Array, shape, (values) => fillTruncated(values, words, bound));
    },
    categorical: (shape, classes) => {
      assertCount('classes', classes);
      return filled(Int32Array, shape, (values) => {
        for (let i = 0; i < values.length; i++) values[i] = integer(words, classes);
      });
    },
    permutation: (size) => {
      assertCount('size', size, 0);
      return permutation(words, size);
    },
    stream: (...name) => {
      if (name.length === 0) throw new TypeError('a stream needs a name');
      for (const part of name) if (typeof part !== 'string') assertFinite('the name of a stream', part);
      return streamOf(words.derive(name));
    },
  };
}

function filled<V extends Float32Array | Int32Array>(
  Values: new (length: number) => V,
  shape: readonly number[],
  fill: (values: V) => void,
): Tensor {
  for (const side of shape) assertCount('a side of the shape', side, 0);
  const values = new Values(shape.reduce((product, side) => product * side, 1));
  fill(values);
  return tensor(values, [...shape], values instanceof Int32Array ? 'int32' : 'float32');
}

/** 53 bits. */
const wide = (words: Words) => (words.next() >>> 5) * 2 ** 26 + (words.next() >>> 6);

/** Unbiased: of the words (or 53 bits), those that do not make up whole multiples of `below` are drawn again. */
function integer(words: Words, below: number): number {
  if (below >= 2 ** 32) {
    const end = 2 ** 53 - (2 ** 53 % below);
    for (;;) {
      const drawn = wide(words);
      if (drawn < end) return drawn % below;
    }
  }
  const size = below >>> 0;
  const begin = (-size >>> 0) % size; // 2^32 modulo size, in 32 bits
  for (;;) {
    const drawn = words.next();
    if (drawn >= begin) return drawn % size;
  }
}

/** 24 bits, which float32 holds exactly, so that nothing rounds to 1. */
function fillUniform(values: Float32Array, words: Words): void {
  const chunk = new Uint32Array(Math.min(1024, (values.length + 3) & ~3));
  for (let start = 0; start < values.length; start += chunk.length) {
    const end = Math.min(words.fill(chunk, values.length - start), values.length - start);
    for (let i = 0; i < end; i++) values[start + i] = (chunk[i]! >>> 8) * 2 ** -24;
  }
}

/** Below 1, where nearly every normal number would be drawn again, uniform ones are thinned to the same distribution. */
function fillTruncated(values: Float32Array, words: Words, bound: number): void {
  const drawn = new Float32Array(Math.min(1024, values.length));
  for (let i = 0; i < values.length; ) {
    if (bound >= 1) fillNormal(drawn, words);
    else for (let k = 0; k < drawn.length; k++) drawn[k] = thinned(words, bound);
    for (let k = 0; k < drawn.length && i < values.length; k++)
      if (Math.abs(drawn[k]!) <= bound) values[i++] = drawn[k]!;
  }
}

function thinned(words: Words, bound: number): number {
  for (;;) {
    const x = bound * ((words.next() + 0.5) * 2 ** -31 - 1);
    if (words.next() * 2 ** -32 < Math.exp((-x * x) / 2)) return x;
  }
}

/** Fisher and Yates, as Durstenfeld (1964) shuffles in place. */
function permutation(words: Words, size: number): Uint32Array {
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  for (let last = size - 1; last > 0; last--) {
    const other = integer(words, last + 1);
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}
