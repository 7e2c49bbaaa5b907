import { backend_util, type KernelConfig, slice_util, util } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { upload } from '../native/memory.js';

const narrow = aten('narrow');
const slice = aten('slice.Tensor');
const select = aten('select.int');
const flip = aten('flip');
const indexSelect = aten('index_select');
const reshape = aten('reshape');

/** The sizes that a number of equal parts, or sizes of which one may be -1, come to. */
type Splitting = { readonly numOrSizeSplits: number[] | number; readonly axis: number };

interface Strides {
  readonly begin: number[];
  readonly end: number[];
  readonly strides: number[];
  readonly beginMask: number;
  readonly endMask: number;
  readonly ellipsisMask: number;
  readonly newAxisMask: number;
  readonly shrinkAxisMask: number;
}

/** `count` elements of one dimension, from `begin` in steps: a view, unless it goes backwards. */
const stepped = (
  x: Handle,
  axis: number,
  { begin, step, count }: { begin: number; step: number; count: number },
): Handle => {
  if (step > 0) return slice(x, axis, begin, count === 0 ? begin : begin + (count - 1) * step + 1, step);
  return indexSelect(
    x,
    axis,
    upload(
      Int32Array.from({ length: count }, (_, index) => begin + index * step),
      [count],
      'int32',
    ),
  );
};

/** Parts of tensors: views, except for what runs backwards. */
export const slicing: readonly KernelConfig[] = [
  kernel<Operands<'x'>, { begin: number[]; size: number[] }>('Slice', ({ x }, { begin, size }) => {
    const [start, extent] = slice_util.parseSliceParams(
      { shape: x.shape } as Parameters<typeof slice_util.parseSliceParams>[0],
      begin,
      size,
    );
    slice_util.assertParamsValid(
      { shape: x.shape } as Parameters<typeof slice_util.assertParamsValid>[0],
      start!,
      extent!,
    );
    return start!.reduce(
      (rest, from, axis) => (extent![axis] === x.shape[axis] ? rest : narrow(rest, axis, from, extent![axis]!)),
      x.handle,
    );
  }),
  kernel<Operands<'x'>, Strides>('StridedSlice', ({ x }, attributes) => {
    const { begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes;
    const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask] as const;
    const info = slice_util.sliceInfo(x.shape, begin, end, strides, ...masks);
    const parts = info.begin.reduce((rest, from, axis) => {
      const step = info.strides[axis]!;
      const count = Math.max(0, Math.ceil((info.end[axis]! - from) / step));
      return stepped(rest, axis, { begin: from, step, count });
    }, x.handle);
    return reshape(parts, info.finalShape);
  }),
  kernel<Operands<'x'>, Splitting>('SplitV', ({ x }, { numOrSizeSplits, axis }) => {
    const [dimension = 0] = util.parseAxisParam(axis, x.shape);
    const sizes = backend_util.prepareSplitSize(x as never, numOrSizeSplits, dimension);
    let start = 0;
    return sizes.map((size) => {
      start += size;
      return narrow(x.handle, dimension, start - size, size);
    });
  }),
  kernel<Operands<'value'>, { axis: number }>('Unpack', ({ value }, { axis }) => {
    const [dimension = 0] = util.parseAxisParam(axis, value.shape);
    return Array.from({ length: value.shape[dimension]! }, (_, index) => select(value.handle, dimension, index));
  }),
  kernel<Operands<'x'>, { dims: number | number[] }>('Reverse', ({ x }, { dims }) => {
    const axes = util.parseAxisParam(dims, x.shape);
    return axes.length === 0 ? x.handle : flip(x.handle, axes);
  }),
  kernel<Operands<'image'>>('FlipLeftRight', ({ image }) => flip(image.handle, [2])),
];
