import { pad, reshape, reverse, slice, type Tensor } from '@tensorflow/tfjs-core';

/** Puts the numbers along one axis at `begin`, `begin + stride`, ... of `size` places, zeros elsewhere. */
export function scatter(t: Tensor, axis: number, size: number, begin: number, stride: number): Tensor {
  const count = t.shape[axis]!;
  const start = stride < 0 ? begin + (count - 1) * stride : begin;
  const ascending = stride < 0 ? reverse(t, axis) : t;
  if (count === 0) return padAxis(ascending, axis, 0, size);
  const gap = Math.abs(stride);
  const span = (count - 1) * gap + 1;
  const outer = t.shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const spaced = gap === 1 ? ascending : padAxis(reshape(ascending, [outer * count, 1, -1]), 1, 0, gap - 1);
  const flat = gap === 1 ? ascending : slice(reshape(spaced, [outer, count * gap, -1]), [0, 0, 0], [-1, span, -1]);
  const shape = t.shape.slice();
  shape[axis] = span;
  return padAxis(reshape(flat, shape), axis, start, size - start - span);
}

/** Zeros before and after, along one axis. */
export const padAxis = (t: Tensor, axis: number, before: number, after: number): Tensor =>
  before === 0 && after === 0
    ? t
    : pad(
        t,
        t.shape.map((_, i): [number, number] => (i === axis ? [before, after] : [0, 0])),
      );
