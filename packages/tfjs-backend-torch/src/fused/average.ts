import { engine, type Tensor } from '@tensorflow/tfjs-core';
import { numbered } from './adam.js';

/**
 * A running average of many tensors, `decay * average + (1 - decay) * value`, as new tensors under the same names.
 *
 * @throws TypeError if a name has no value; TorchError if shapes differ.
 */
export function fusedAverage<N extends string>(
  averages: Readonly<Record<N, Tensor>>,
  values: Readonly<Record<N, Tensor>>,
  decay: number,
): Record<N, Tensor> {
  const names = Object.keys(averages) as N[];
  for (const name of names)
    if (values[name] === undefined) throw new TypeError(`values must hold '${name}', as averages do`);
  const inputs = numbered({ a: names.map((name) => averages[name]), v: names.map((name) => values[name]) });
  const results: Tensor[] = engine().runKernel('FusedAverage', inputs, { count: names.length, decay });
  return Object.fromEntries(names.map((name, index) => [name, results[index]!])) as Record<N, Tensor>;
}
