import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operand } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { full } from '../native/memory.js';
import { addScaled, multiplyNumber } from '../native/scalars.js';

/** The numbers of one Adam step; `count` tensors of each kind, named `p0`, `g0`, `m0`, `v0`, `p1`, ... */
export interface AdamAttributes {
  readonly count: number;
  readonly update: number;
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly weightDecay: number;
}

const clone = aten('clone');
const contiguous = aten('contiguous');
const adam = aten('_fused_adam_');
const adamDecoupled = aten('_fused_adamw_');

const handles = (operands: Readonly<Record<string, Operand>>, letter: string, count: number): Handle[] =>
  Array.from({ length: count }, (_, index) => operands[`${letter}${index}`]!.handle);

/** Optimiser steps over all tensors of a network at once. */
export const optimisation: readonly KernelConfig[] = [
  // libtorch updates in place, on copies. It walks raw memory, so all four must lie alike.
  kernel<Readonly<Record<string, Operand>>, AdamAttributes>('FusedAdam', (operands, attributes) => {
    const { count, update, learningRate, beta1, beta2, epsilon, weightDecay } = attributes;
    const copies = (letter: string) =>
      handles(operands, letter, count).map((handle) => clone(handle, 'contiguous_format'));
    const [parameters, first, second] = [copies('p'), copies('m'), copies('v')];
    const gradients = handles(operands, 'g', count).map((handle) => contiguous(handle, 'contiguous_format'));
    const steps = new Array<Handle>(count).fill(full([], update, 'float32'));
    const rates = [learningRate, beta1, beta2, weightDecay, epsilon] as const;
    const step = weightDecay === 0 ? adam : adamDecoupled;
    step(parameters, gradients, first, second, [], steps, ...rates, false, false, null, null);
    return [...parameters, ...first, ...second];
  }),
  kernel<Readonly<Record<string, Operand>>, { count: number; decay: number }>(
    'FusedAverage',
    (operands, { count, decay }) => {
      const values = handles(operands, 'v', count);
      return handles(operands, 'a', count).map((average, index) =>
        addScaled(multiplyNumber(average, decay), values[index]!, 1 - decay),
      );
    },
  ),
];
