import type { Tensor } from '@tensorflow/tfjs-core';

/**
 * A stream of numbers that depends on its seed and name alone: never on how much was drawn elsewhere, nor on the
 * engine. Tensors it gives belong to the caller.
 */
export interface Random {
  /** The next number, uniform in [0, 1). */
  readonly next: () => number;
  /** A whole number, uniform in [0, below). */
  readonly integer: (below: number) => number;
  /** Uniform in [0, 1), float32. */
  readonly uniform: (shape: readonly number[]) => Tensor;
  /** Standard normal, float32. */
  readonly normal: (shape: readonly number[]) => Tensor;
  /** Standard normal, cut off beyond `bound` standard deviations by drawing again; float32. */
  readonly truncatedNormal: (shape: readonly number[], bound: number) => Tensor;
  /** Uniform class ids in [0, classes), int32. */
  readonly categorical: (shape: readonly number[], classes: number) => Tensor;
  /** The numbers 0 to `size` - 1 in random order. */
  readonly permutation: (size: number) => Uint32Array;
  /** An independent stream; the same name gives the same stream, whatever was drawn from this one. */
  readonly stream: (...name: readonly (string | number)[]) => Random;
}
