import type { KernelConfig } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { constant, full } from '../native/memory.js';
import { as, real, withoutNan } from './convert.js';
import { channelsFirst, channelsFirstShape, channelsLast, type Layout } from './layout.js';
import { type PoolAttributes, type Reading, type Windows, windows2D, windows3D } from './pool-windows.js';
import { outline, surround, surroundedShape, trim } from './surround.js';

/** What differs between two and three spatial dimensions. */
interface Dimensions {
  /** What the kernels' names end with. */
  readonly suffix: '' | '3D';
  readonly layout: Layout;
  readonly windows: Reading;
  readonly average: typeof average2D;
  readonly averageBackward: typeof averageBackward2D;
  readonly largest: typeof largest2D;
  readonly largestBackward: typeof largestBackward2D;
}

/** Stands for the share of a window that lies outside altogether, whose average is then 0. */
const LEAST = 1e-30;

const divide = aten('div.Tensor');
const maximum = aten('maximum');
const average2D = aten('avg_pool2d');
const averageBackward2D = aten('avg_pool2d_backward');
const largest2D = aten('max_pool2d_with_indices');
const largestBackward2D = aten('max_pool2d_with_indices_backward');
const average3D = aten('avg_pool3d');
const averageBackward3D = aten('avg_pool3d_backward');
const largest3D = aten('max_pool3d_with_indices');
const largestBackward3D = aten('max_pool3d_with_indices_backward');

/** Numbers to find the largest of: NaN never is. */
const ranked = (x: Operand): Handle => withoutNan(real(x), Number.NEGATIVE_INFINITY);

/** The part of each window that lies inside a tensor `[batch, channels, ...]`; undefined where that is all of every one. */
const shares = (
  { average }: Dimensions,
  shape: readonly number[],
  { size, strides, padding }: Windows,
): Handle | undefined => {
  if (padding.around === undefined && padding.within.every((amount) => amount === 0)) return undefined;
  const inside = surround(full([1, 1, ...shape.slice(2)], 1, 'float32'), padding, 0);
  return maximum(average(inside, size, strides, padding.within, false, true, null), constant(LEAST, 'float32'));
};

const kernels = (of: Dimensions): KernelConfig[] => {
  const prepared = (x: Operand, attributes: PoolAttributes) => {
    const layout = attributes.dataFormat ?? of.layout;
    const shape = channelsFirstShape(x.shape, layout);
    const windows = of.windows(x.shape, attributes);
    const empty = windows.out.some((size) => size <= 0)
      ? full([shape[0]!, shape[1]!, ...windows.out], 0, x.dtype)
      : undefined;
    return { layout, shape, windows, empty };
  };
  return [
    kernel<Operands<'x'>, PoolAttributes>(`AvgPool${of.suffix}`, ({ x }, attributes) => {
      const { layout, shape, windows, empty } = prepared(x, attributes);
      if (empty) return channelsLast(empty, layout);
      const { size, strides, padding } = windows;
      const image = surround(channelsFirst(real(x), layout), padding, 0);
      const whole = of.average(image, size, strides, padding.within, false, true, null);
      const inside = shares(of, shape, windows);
      return as(channelsLast(inside ? divide(whole, inside) : whole, layout), x.dtype);
    }),
    kernel<Operands<'dy' | 'input'>, PoolAttributes>(`AvgPool${of.suffix}Grad`, ({ dy, input }, attributes) => {
      const { layout, shape, windows } = prepared(input, attributes);
      const { size, strides, padding } = windows;
      const inside = shares(of, shape, windows);
      const upstream = channelsFirst(real(dy), layout);
      const image = outline(surroundedShape(shape, padding));
      const whole = [inside ? divide(upstream, inside) : upstream, image, size, strides, padding.within] as const;
      return channelsLast(trim(of.averageBackward(...whole, false, true, null), padding, shape), layout);
    }),
    kernel<Operands<'x'>, PoolAttributes>(`MaxPool${of.suffix}`, ({ x }, attributes) => {
      const { layout, windows, empty } = prepared(x, attributes);
      if (empty) return channelsLast(empty, layout);
      const { size, strides, padding } = windows;
      const image = surround(channelsFirst(ranked(x), layout), padding, Number.NEGATIVE_INFINITY);
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
    kernel<Operands<'dy' | 'input'>, PoolAttributes>(`MaxPool${of.suffix}Grad`, ({ dy, input }, attributes) => {
      const { layout, shape, windows } = prepared(input, attributes);
      const { size, strides, padding } = windows;
      const image = surround(channelsFirst(ranked(input), layout), padding, Number.NEGATIVE_INFINITY);
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
