import { add, pad, reshape, reverse, slice, slice_util, type Tensor, transpose } from '@tensorflow/tfjs-core';
import { replaceGradient } from './replace-gradient.js';

type Pair = [number, number];

interface Mirror {
  readonly paddings: Pair[];
  readonly mode: 'reflect' | 'symmetric';
}

interface Strided {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

/** Kernels that move numbers: their gradients move them back, and add those that came from one place. */
export function registerRearrangingGradients(): void {
  // The stock gradient drops what the mirrored border has to say.
  replaceGradient('MirrorPad', ['x'], (dy, [x], { paddings, mode }: Mirror) => ({
    x: () => paddings.reduce((t, [before, after], axis) => unmirror(t, axis, x.shape[axis]!, before, after, mode), dy),
  }));

  replaceGradient('StridedSlice', ['x'], (dy, [x], attributes: Strided) => ({
    x: () => {
      const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
      const info = slice_util.sliceInfo(
        x.shape,
        begin,
        end,
        strides,
        beginMask,
        endMask,
        ellipsisMask,
        newAxisMask,
        shrinkAxisMask,
      );
      const counts = info.begin.map((start, i) => Math.max(0, Math.ceil((info.end[i]! - start) / info.strides[i]!)));
      return x.shape.reduce<Tensor>(
        (t, size, axis) => scatter(t, axis, size, info.begin[axis]!, info.strides[axis]!),
        reshape(dy, counts),
      );
    },
  }));

  replaceGradient('DepthToSpace', ['x'], (dy, [x], { blockSize }: { blockSize: number }) => ({
    x: () => {
      const [batch, height, width] = x.shape as [number, number, number, number];
      const blocks = reshape(dy, [batch, height, blockSize, width, blockSize, -1]);
      return reshape(transpose(blocks, [0, 1, 3, 2, 4, 5]), x.shape);
    },
  }));
}

/** Folds the mirrored borders of one axis back onto the `size` numbers they are copies of. */
function unmirror(dy: Tensor, axis: number, size: number, before: number, after: number, mode: Mirror['mode']): Tensor {
  const edge = mode === 'reflect' ? 1 : 0;
  const part = (start: number, length: number) => {
    const [begins, sizes] = [dy.shape.map(() => 0), dy.shape.slice()];
    begins[axis] = start;
    sizes[axis] = length;
    return slice(dy, begins, sizes);
  };
  const placed = (t: Tensor, start: number) => padAxis(reverse(t, axis), axis, start, size - start - t.shape[axis]!);
  let folded = part(before, size);
  if (before > 0) folded = add(folded, placed(part(0, before), edge));
  if (after > 0) folded = add(folded, placed(part(before + size, after), size - after - edge));
  return folded;
}

/** Puts the numbers along one axis at `begin`, `begin + stride`, ... of `size` places, zeros elsewhere. */
function scatter(t: Tensor, axis: number, size: number, begin: number, stride: number): Tensor {
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

const padAxis = (t: Tensor, axis: number, before: number, after: number): Tensor =>
  before === 0 && after === 0
    ? t
    : pad(
        t,
        t.shape.map((_, i): Pair => (i === axis ? [before, after] : [0, 0])),
      );
