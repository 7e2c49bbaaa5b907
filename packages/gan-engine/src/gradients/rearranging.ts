import {
  add,
  concat,
  reshape,
  reverse,
  slice,
  slice_util,
  stack,
  stridedSlice,
  type Tensor,
  transpose,
} from '@tensorflow/tfjs-core';
import { kernel } from '../kernels/call.js';
import { replaceGradient } from './replace-gradient.js';
import { padAxis, scatter } from './scatter.js';

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

  // The stock gradients of these two fail where there is one part.
  replaceGradient('SplitV', [], (dy, _, { axis }: { axis: number }) => ({ x: () => concat([dy].flat(), axis) }));
  replaceGradient('Unpack', [], (dy, _, { axis }: { axis: number }) => ({ value: () => stack([dy].flat(), axis) }));

  replaceGradient('FlipLeftRight', [], (dy) => ({ image: () => kernel('FlipLeftRight', { image: dy }, {}) }));

  // The numbers of the diagonal lie one row and one place apart.
  replaceGradient('Diag', ['x'], (dy, [x]) => ({
    x: () => reshape(stridedSlice(reshape(dy, [-1]), [0], [dy.size], [x.size + 1]), x.shape),
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
