import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operand } from '../kernel.js';
import { aten } from '../native/call.js';
import { copied } from '../native/copied.js';
import type { Handle } from '../native/handle.js';
import { full } from '../native/memory.js';
import { inPrecision } from '../native/precision.js';
import { addScaled, multiplyNumber } from '../native/scalars.js';
import { TorchError } from '../native/torch-error.js';

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

const contiguous = aten('contiguous');
const permute = aten('permute');
const adam = aten('_fused_adam_');
const adamDecoupled = aten('_fused_adamw_');

type Several = Readonly<Record<string, Operand>>;

const numbered = (operands: Several, letter: string, count: number): Operand[] =>
  Array.from({ length: count }, (_, index) => operands[`${letter}${index}`]!);

/** libtorch does not compare sizes: it would read past the end. */
const assertAlike = (lists: Readonly<Record<string, readonly Operand[]>>): void => {
  const [[letter, first], ...others] = Object.entries(lists) as [[string, readonly Operand[]]];
  for (const [other, list] of others as [string, readonly Operand[]][])
    for (const [index, { shape }] of list.entries()) {
      const wanted = first[index]!.shape;
      if (!util.arraysEqual(wanted, shape))
        throw new TorchError(
          `${other}${index} must have the shape of ${letter}${index}, [${wanted}], but has [${shape}]`,
        );
    }
};

/**
 * The order in which an optimiser leaves tensors in memory. libtorch pairs numbers by their place in memory, so all must
 * lie alike; and its convolutions take a filter `[height, width, in, out]` as it lies with `out` outermost. The order
 * depends on nothing but the rank, so that a run goes on from a checkpoint to the same bits.
 */
const outermostFirst = ({ handle, shape: { length } }: Operand): Handle =>
  length < 4 ? handle : permute(handle, [length - 1, ...Array(length - 1).keys()]);
const outermostLast = (handle: Handle, rank: number): Handle =>
  rank < 4 ? handle : permute(handle, [...Array.from({ length: rank - 1 }, (_, axis) => axis + 1), 0]);

/** In float32 itself whatever the precision: graphics processors read the bits as such without a look at the type. */
const countOfSteps = (update: number): Handle => inPrecision('float32', () => full([], update, 'float32'));

/** Optimiser steps over all tensors of a network at once. */
export const optimisation: readonly KernelConfig[] = [
  // libtorch updates in place, on copies.
  kernel<Several, AdamAttributes>('FusedAdam', (operands, attributes) => {
    const { count, update, learningRate, beta1, beta2, epsilon, weightDecay } = attributes;
    // libtorch refuses empty lists.
    if (count === 0) return [];
    const list = (letter: string) => numbered(operands, letter, count);
    const [p, g, m, v] = [list('p'), list('g'), list('m'), list('v')];
    assertAlike({ p, g, m, v });
    const copies = (of: readonly Operand[]) => of.map((operand) => copied(outermostFirst(operand)));
    const [parameters, first, second] = [copies(p), copies(m), copies(v)];
    const gradients = g.map((operand) => contiguous(outermostFirst(operand), 'contiguous_format'));
    const steps = new Array<Handle>(count).fill(countOfSteps(update));
    const rates = [learningRate, beta1, beta2, weightDecay, epsilon] as const;
    const step = weightDecay === 0 ? adam : adamDecoupled;
    step(parameters, gradients, first, second, [], steps, ...rates, false, false, null, null);
    return [...parameters, ...first, ...second].map((handle, index) =>
      outermostLast(handle, p[index % count]!.shape.length),
    );
  }),
  kernel<Several, { count: number; decay: number }>('FusedAverage', (operands, { count, decay }) => {
    const [a, v] = [numbered(operands, 'a', count), numbered(operands, 'v', count)];
    assertAlike({ a, v });
    return a.map((average, index) => addScaled(multiplyNumber(average.handle, decay), v[index]!.handle, 1 - decay));
  }),
];
