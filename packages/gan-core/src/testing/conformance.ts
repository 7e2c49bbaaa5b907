import { memory, type Tensor } from '@tensorflow/tfjs-core';
import { tensorsOf } from '../tensors.js';

/** A part that does not keep its contract: what it is, and what it did. */
export class ConformanceError extends Error {
  override readonly name = 'ConformanceError';
}

/** @throws ConformanceError with the sentence unless `holds`. */
export function demand(part: string, holds: boolean, sentence: string): asserts holds {
  if (!holds) throw new ConformanceError(`${part}: ${sentence}`);
}

/** Runs `body` and demands that it leaves as many tensors as it found. */
export async function leavingNothing<T>(part: string, what: string, body: () => T | Promise<T>): Promise<T> {
  const before = memory().numTensors;
  const result = await body();
  const left = memory().numTensors - before;
  demand(part, left === 0, `${what} leaves ${left} tensors behind`);
  return result;
}

/** The values of every tensor of a tree, in order. */
export const valuesOf = (tree: object): readonly Float32Array[] =>
  tensorsOf(tree).map((tensor: Tensor) => Float32Array.from(tensor.dataSync()));

/** Whether two lists of values agree to the last bit. */
export const sameValues = (a: readonly Float32Array[], b: readonly Float32Array[]): boolean =>
  a.length === b.length &&
  a.every((values, i) => {
    const other = b[i] as Float32Array;
    return values.length === other.length && values.every((value, k) => Object.is(value, other[k]));
  });

/** Whether all values are finite. */
export const allFinite = (lists: readonly Float32Array[]): boolean =>
  lists.every((values) => values.every(Number.isFinite));
