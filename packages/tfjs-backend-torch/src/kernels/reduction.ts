import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { full } from '../native/memory.js';
import { as, numeric, real, summed, withoutNan } from './convert.js';

interface Axes {
  readonly axis?: number | number[];
  /** What `Max` calls its axes. */
  readonly reductionIndices?: number | number[];
  readonly keepDims?: boolean;
}

type Reduce = (x: Handle, axes: number[], keepDims: boolean) => Handle;

const total = aten('sum.dim_IntList');
const mean = aten('mean.dim');
const largest = aten('amax');
const smallest = aten('amin');
const product = aten('prod.dim_int');
const all = aten('all.dims');
const any = aten('any.dims');
const indexOfLargest = aten('argmax');
const indexOfSmallest = aten('argmin');

/** To libtorch no axes means every axis; to TensorFlow.js it means none. */
const reduced = (
  x: Operand,
  handle: Handle,
  { reductionIndices, axis = reductionIndices, keepDims = false }: Axes,
  reduce: Reduce,
): Handle => {
  const axes =
    axis === undefined || axis === null ? x.shape.map((_, index) => index) : util.parseAxisParam(axis, x.shape);
  return axes.length === 0 ? handle : reduce(handle, axes, keepDims);
};

/** What every number of a type is at least, and at most: the largest and the smallest of nothing. */
const least = { float32: Number.NEGATIVE_INFINITY, int32: -(2 ** 31), bool: 0, complex64: Number.NaN } as const;
const most = { float32: Number.POSITIVE_INFINITY, int32: 2 ** 31 - 1, bool: 1, complex64: Number.NaN } as const;

const extreme = (name: string, operator: typeof largest, ofNothing: typeof least | typeof most): KernelConfig =>
  kernel<Operands<'x'>, Axes>(name, ({ x }, attributes) =>
    reduced(x, x.handle, attributes, (handle, axes, keepDims) => {
      if (axes.every((axis) => x.shape[axis]! > 0)) return operator(handle, axes, keepDims);
      const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      const shape = keepDims ? kept : x.shape.filter((_, axis) => !axes.includes(axis));
      return full(shape, ofNothing[x.dtype], x.dtype);
    }),
  );

const multiplied: Reduce = (x, axes, keepDims) =>
  [...axes]
    .sort((a, b) => b - a)
    .reduce((rest, axis) => product(rest, axis, keepDims, as(rest, 'float32') === rest ? 'float32' : 'int32'), x);

/** The place of an extreme; NaN is never one. */
const index = (name: string, operator: typeof indexOfLargest, neutral: number): KernelConfig =>
  kernel<Operands<'x'>, { axis: number }>(name, ({ x }, { axis }) => {
    const [dimension = 0] = util.parseAxisParam(axis ?? 0, x.shape);
    return as(operator(x.dtype === 'float32' ? withoutNan(x.handle, neutral) : numeric(x), dimension, false), 'int32');
  });

/** Sums, means, extremes, products and truths along axes. */
export const reduction: readonly KernelConfig[] = [
  kernel<Operands<'x'>, Axes>('Sum', ({ x }, attributes) =>
    reduced(x, numeric(x), attributes, (handle, axes, keepDims) => total(handle, axes, keepDims, summed(x))),
  ),
  kernel<Operands<'x'>, Axes>('Mean', ({ x }, attributes) =>
    reduced(x, real(x), attributes, (handle, axes, keepDims) => mean(handle, axes, keepDims, null)),
  ),
  extreme('Max', largest, least),
  extreme('Min', smallest, most),
  kernel<Operands<'x'>, Axes>('Prod', ({ x }, attributes) => reduced(x, numeric(x), attributes, multiplied)),
  kernel<Operands<'x'>, Axes>('All', ({ x }, attributes) => reduced(x, x.handle, attributes, all)),
  kernel<Operands<'x'>, Axes>('Any', ({ x }, attributes) => reduced(x, x.handle, attributes, any)),
  index('ArgMax', indexOfLargest, Number.NEGATIVE_INFINITY),
  index('ArgMin', indexOfSmallest, Number.POSITIVE_INFINITY),
];
