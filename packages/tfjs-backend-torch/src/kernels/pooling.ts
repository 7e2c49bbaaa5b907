import { backend_util, type KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { full } from '../native/memory.js';
import { as, real } from './convert.js';
import { channelsFirst, channelsFirstShape, channelsLast, type Layout } from './layout.js';
import { outline, surround, surroundedShape, trim } from './surround.js';
import { type Padding, paddingOf } from './windows.js';

/** Windows over the spatial dimensions, in libtorch's terms. */
interface Windows {
  readonly size: readonly number[];
  readonly strides: readonly number[];
  readonly padding: Padding;
}

interface Attributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: Parameters<typeof backend_util.computePool2DInfo>[4];
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  readonly dataFormat?: Layout;
}

/** What differs between two and three spatial dimensions. */
interface Dimensions {
  /** What the kernels' names end with. */
  readonly suffix: '' | '3D';
  readonly layout: Layout;
  readonly windows: (shape: readonly number[], attributes: Attributes) => Windows;
  readonly average: typeof average2D;
  readonly averageBackward: typeof averageBackward2D;
  readonly largest: typeof largest2D;
  readonly largestBackward: typeof largestBackward2D;
}

const divide = aten('div.Tensor');
const average2D = aten('avg_pool2d');
const averageBackward2D = aten('avg_pool2d_backward');
const largest2D = aten('max_pool2d_with_indices');
const largestBackward2D = aten('max_pool2d_with_indices_backward');
const average3D = aten('avg_pool3d');
const averageBackward3D = aten('avg_pool3d_backward');
const largest3D = aten('max_pool3d_with_indices');
const largestBackward3D = aten('max_pool3d_with_indices_backward');

/** libtorch pads at most half a window. */
const HALF = 0.5;

const windows2D: Dimensions['windows'] = (
  shape,
  { filterSize, strides, pad, dimRoundingMode, dataFormat = 'NHWC' },
) => {
  const format = dataFormat === 'NHWC' ? 'channelsLast' : 'channelsFirst';
  const of = shape as [number, number, number, number];
  const info = backend_util.computePool2DInfo(of, filterSize, strides, 1, pad, dimRoundingMode, format);
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = info;
  const rows = { from: info.inHeight, to: info.outHeight, stride: strideHeight, extent: filterHeight };
  const columns = { from: info.inWidth, to: info.outWidth, stride: strideWidth, extent: filterWidth };
  const slides = [
    { ...rows, before: padInfo.top },
    { ...columns, before: padInfo.left },
  ];
  return { size: [filterHeight, filterWidth], strides: [strideHeight, strideWidth], padding: paddingOf(slides, HALF) };
};

const windows3D: Dimensions['windows'] = (
  shape,
  { filterSize, strides, pad, dimRoundingMode, dataFormat = 'NDHWC' },
) => {
  const of = shape as [number, number, number, number, number];
  const volume = [filterSize, strides] as unknown as [number, number];
  const format = dataFormat as 'NDHWC' | 'NCDHW';
  const info = backend_util.computePool3DInfo(of, ...volume, 1, pad as 'same', dimRoundingMode, format);
  const slices = { from: info.inDepth, to: info.outDepth, stride: info.strideDepth, extent: info.filterDepth };
  const rows = { from: info.inHeight, to: info.outHeight, stride: info.strideHeight, extent: info.filterHeight };
  const columns = { from: info.inWidth, to: info.outWidth, stride: info.strideWidth, extent: info.filterWidth };
  const slides = [
    { ...slices, before: Math.max(0, info.padInfo.front) },
    { ...rows, before: Math.max(0, info.padInfo.top) },
    { ...columns, before: Math.max(0, info.padInfo.left) },
  ];
  return {
    size: [info.filterDepth, info.filterHeight, info.filterWidth],
    strides: [info.strideDepth, info.strideHeight, info.strideWidth],
    padding: paddingOf(slides, HALF),
  };
};

/** The part of each window that lies inside a tensor `[batch, channels, ...]`; undefined where that is all of every one. */
const shares = (
  { average }: Dimensions,
  shape: readonly number[],
  { size, strides, padding }: Windows,
): Handle | undefined => {
  if (padding.around === undefined && padding.within.every((amount) => amount === 0)) return undefined;
  const inside = surround(full([1, 1, ...shape.slice(2)], 1, 'float32'), padding, 0);
  return average(inside, size, strides, padding.within, false, true, null);
};

const kernels = (of: Dimensions): KernelConfig[] => {
  const prepared = (x: { readonly handle: Handle; readonly shape: number[] }, attributes: Attributes) => {
    const layout = attributes.dataFormat ?? of.layout;
    return { layout, shape: channelsFirstShape(x.shape, layout), windows: of.windows(x.shape, attributes) };
  };
  return [
    kernel<Operands<'x'>, Attributes>(`AvgPool${of.suffix}`, ({ x }, attributes) => {
      const { layout, shape, windows } = prepared(x, attributes);
      const { size, strides, padding } = windows;
      const image = surround(channelsFirst(real(x), layout), padding, 0);
      const whole = of.average(image, size, strides, padding.within, false, true, null);
      const inside = shares(of, shape, windows);
      return as(channelsLast(inside ? divide(whole, inside) : whole, layout), x.dtype);
    }),
    kernel<Operands<'dy' | 'input'>, Attributes>(`AvgPool${of.suffix}Grad`, ({ dy, input }, attributes) => {
      const { layout, shape, windows } = prepared(input, attributes);
      const { size, strides, padding } = windows;
      const inside = shares(of, shape, windows);
      const upstream = channelsFirst(real(dy), layout);
      const image = outline(surroundedShape(shape, padding));
      const whole = [inside ? divide(upstream, inside) : upstream, image, size, strides, padding.within] as const;
      return channelsLast(trim(of.averageBackward(...whole, false, true, null), padding, shape), layout);
    }),
    kernel<Operands<'x'>, Attributes>(`MaxPool${of.suffix}`, ({ x }, attributes) => {
      const { layout, windows } = prepared(x, attributes);
      const { size, strides, padding } = windows;
      const image = surround(channelsFirst(real(x), layout), padding, Number.NEGATIVE_INFINITY);
      const [values] = of.largest(
        image,
        size,
        strides,
        padding.within,
        size.map(() => 1),
        false,
      );
      return as(channelsLast(values, layout), x.dtype);
    }),
    kernel<Operands<'dy' | 'input'>, Attributes>(`MaxPool${of.suffix}Grad`, ({ dy, input }, attributes) => {
      const { layout, shape, windows } = prepared(input, attributes);
      const { size, strides, padding } = windows;
      const image = surround(channelsFirst(real(input), layout), padding, Number.NEGATIVE_INFINITY);
      const how = [size, strides, padding.within, size.map(() => 1), false] as const;
      const [, indices] = of.largest(image, ...how);
      return channelsLast(
        trim(of.largestBackward(channelsFirst(real(dy), layout), image, ...how, indices), padding, shape),
        layout,
      );
    }),
  ];
};

/**
 * Averages and maxima of windows, and their gradients. An average is that of the part of a window inside the image, and
 * so is its gradient. Unlike tfjs's cpu backend, which divides a gradient at the border by the whole window.
 */
export const pooling: readonly KernelConfig[] = [
  ...kernels({
    suffix: '',
    layout: 'NHWC',
    windows: windows2D,
    average: average2D,
    averageBackward: averageBackward2D,
    largest: largest2D,
    largestBackward: largestBackward2D,
  }),
  ...kernels({
    suffix: '3D',
    layout: 'NDHWC',
    windows: windows3D,
    average: average3D,
    averageBackward: averageBackward3D,
    largest: largest3D,
    largestBackward: largestBackward3D,
  }),
];
