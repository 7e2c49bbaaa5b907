import { add, clone, mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import { assertDecay } from './checks.js';
import { currentEngine } from './engine.js';
import type { Tensors } from './network.js';

/**
 * A step of the running average of weights,
 *
 *     average = decay * average + (1 - decay) * value
 *
 * for every float tensor among `values`; others are copied. Pure: all tensors it gives are new and the caller's. In one
 * call where the engine can.
 *
 * @param averages The averages so far; those without a value are left out.
 * @param decay In [0, 1).
 * @throws TypeError if a float value has no average yet, or the decay is out of its range.
 * @see Yazıcı et al. (2019), arXiv:1806.04498; Karras et al. (2018), arXiv:1710.10196, section 6.1.
 */
export function averaged(averages: Tensors, values: Tensors, decay: number): Tensors {
  assertDecay('decay', decay);
  const before: Record<string, Tensor> = {};
  const now: Record<string, Tensor> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value.dtype !== 'float32') continue;
    const average = Object.hasOwn(averages, name) ? averages[name] : undefined;
    if (!average) throw new TypeError(`there is no average of '${name}' to go on from`);
    before[name] = average;
    now[name] = value;
  }
  const next = (currentEngine()?.average ?? inOps)(before, now, decay);
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value.dtype === 'float32' ? next[name]! : clone(value)]),
  );
}

const inOps = (averages: Tensors, values: Tensors, decay: number): Tensors =>
  tidy(() =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, add(mul(averages[name]!, decay), mul(value, 1 - decay))]),
    ),
  );
