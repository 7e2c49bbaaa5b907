import { maximum, sqrt, type Tensor, tidy, zerosLike } from '@tensorflow/tfjs-core';
import { recording } from '../gradients.js';
import type { Tensors } from '../network.js';
import type { Optimizer } from '../optimizer.js';

type Step = Parameters<Optimizer['update']>[0];

/** State of zeros: for each parameter a tensor of its shape under `<parameter>/<slot>`. */
export const zeroSlots = (parameters: Tensors, slots: readonly string[]): Tensors =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => slots.map((slot) => [`${name}/${slot}`, zerosLike(value)])),
  );

/** @throws TypeError if there is no tensor of that name. */
export function tensorOf(kind: string, tensors: Tensors, name: string): Tensor {
  const found = Object.hasOwn(tensors, name) ? tensors[name] : undefined;
  if (!found) throw new TypeError(`the optimizer has no ${kind} '${name}'`);
  return found;
}

/**
 * One update by a rule that treats each parameter on its own.
 *
 * @param rule From a parameter, its gradient and its slots to the new parameter and the new slots, all of them new tensors.
 */
export function updateEach<Slot extends string>(
  { parameters, gradients, state }: Step,
  slots: readonly Slot[],
  rule: (value: Tensor, gradient: Tensor, slots: Tensors<Slot>) => { readonly value: Tensor } & Tensors<Slot>,
): { readonly parameters: Tensors; readonly state: Tensors } {
  return tidy(() => {
    const next: Record<string, Tensor> = {};
    const kept: Record<string, Tensor> = {};
    for (const [name, value] of Object.entries(parameters)) {
      const given = Object.fromEntries(slots.map((slot) => [slot, tensorOf('state', state, `${name}/${slot}`)]));
      const after = tidy(() => rule(value, tensorOf('gradient', gradients, name), given as Tensors<Slot>));
      next[name] = after.value;
      for (const slot of slots) kept[`${name}/${slot}`] = after[slot];
    }
    return { parameters: next, state: kept };
  });
}

/**
 * The square root of a running mean of squares. Where that is differentiated, its slope at 0 counts as 0: the infinite
 * one would make NaN of every parameter that no gradient has reached.
 */
export const rootOf = (squares: Tensor): Tensor => sqrt(recording() ? maximum(squares, smallest) : squares);

/** Its root, 1e-18, is nothing beside any epsilon. */
const smallest = 1e-36;
