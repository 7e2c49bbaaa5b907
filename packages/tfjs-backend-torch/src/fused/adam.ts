import { engine, type Tensor } from '@tensorflow/tfjs-core';
import type { AdamAttributes } from '../kernels/adam.js';

/** What one Adam step is given: four lists in the same order, and its numbers. */
export interface AdamStep extends Omit<AdamAttributes, 'count'> {
  readonly parameters: readonly Tensor[];
  readonly gradients: readonly Tensor[];
  /** Running mean of the gradients. */
  readonly first: readonly Tensor[];
  /** Running mean of their squares. */
  readonly second: readonly Tensor[];
}

/** What it gives: new tensors, which the caller owns. */
export interface AdamResult {
  readonly parameters: readonly Tensor[];
  readonly first: readonly Tensor[];
  readonly second: readonly Tensor[];
}

/** Lists of tensors under the names that a kernel knows them by: `p0`, `p1`, ... */
export const numbered = (lists: Readonly<Record<string, readonly Tensor[]>>): Record<string, Tensor> => {
  const named: Record<string, Tensor> = {};
  for (const letter in lists)
    for (const [index, tensor] of lists[letter]!.entries()) named[`${letter}${index}`] = tensor;
  return named;
};

/**
 * One step of Adam over all parameters in a single call,
 *
 *     m = beta1 m + (1 - beta1) g,   v = beta2 v + (1 - beta2) g^2
 *     p = p - learningRate * m / (1 - beta1^update) / (sqrt(v / (1 - beta2^update)) + epsilon)
 *
 * after `p = p (1 - learningRate weightDecay)` if that is not 0 (AdamW). Pure: what it is given stays as it was.
 *
 * @param step Parameters, their gradients and means, and the number of the step, `update`, from 1.
 * @throws TypeError if the lists differ in length; TorchError if shapes do.
 * @see Kingma, Ba (2015), arXiv:1412.6980, algorithm 1; Loshchilov, Hutter (2019), arXiv:1711.05101, algorithm 2.
 */
export function fusedAdam({ parameters, gradients, first, second, ...numbers }: AdamStep): AdamResult {
  const count = parameters.length;
  for (const [name, { length }] of Object.entries({ gradients, first, second }))
    if (length !== count) throw new TypeError(`${name} must be as many as parameters, ${count}, but are ${length}`);
  const inputs = numbered({ p: parameters, g: gradients, m: first, v: second });
  const results: Tensor[] = engine().runKernel('FusedAdam', inputs, { ...numbers, count });
  return {
    parameters: results.slice(0, count),
    first: results.slice(count, 2 * count),
    second: results.slice(2 * count),
  };
}
