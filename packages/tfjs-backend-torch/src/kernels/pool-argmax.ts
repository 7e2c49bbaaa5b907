import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { constant, upload } from '../native/memory.js';
import { addScaled } from '../native/scalars.js';
import { as, real, withoutNan } from './convert.js';
import { channelsFirst, channelsFirstShape, channelsLast } from './layout.js';
import { type PoolAttributes, windows2D } from './pool-windows.js';
import { surround, surroundedShape } from './surround.js';

const largest = aten('max_pool2d_with_indices');
const divide = aten('div.Tensor');
const floor = aten('floor');
const multiply = aten('mul.Tensor');

/** Places are worked out in float64, which holds every one exactly. */
const number = (value: number): Handle => constant(value, 'float64');

/** `0, step, 2 * step, ...` */
const steps = (shape: readonly number[], step: number): Handle =>
  upload(
    Float64Array.from({ length: util.sizeFromShape([...shape]) }, (_, index) => index * step),
    shape,
    'float64',
  );

/**
 * Maxima of windows and where they are: `(row * width + column) * channels + channel`, from the beginning of the image
 * or of the batch.
 */
export const largestWithPlace: KernelConfig = kernel<
  Operands<'x'>,
  PoolAttributes & { readonly includeBatchInIndex: boolean }
>('MaxPoolWithArgmax', ({ x }, { includeBatchInIndex, ...attributes }) => {
  const { size, strides, padding } = windows2D(x.shape, attributes);
  const image = channelsFirst(withoutNan(real(x), Number.NEGATIVE_INFINITY), 'NHWC');
  const around = surround(image, padding, Number.NEGATIVE_INFINITY);
  const [values, indices] = largest(around, size, strides, padding.within, [1, 1], false);

  const shape = channelsFirstShape(x.shape, 'NHWC') as [number, number, number, number];
  const [batch, channels, , width] = shape;
  const outer = surroundedShape(shape, padding)[3]!;
  const [[top], [left]] = (padding.around ?? [[0], [0]]) as [readonly number[], readonly number[]];
  const at = as(indices, 'float64');
  const row = floor(divide(at, number(outer)));
  // The column is at - row * outer; what lies around the image counts for nothing.
  const pixel = addScaled(at, addScaled(multiply(row, number(outer - width)), number(top! * width + left!), 1), -1);
  const place = addScaled(channelsLast(multiply(pixel, number(channels)), 'NHWC'), steps([channels], 1), 1);
  const start = steps([batch, 1, 1, 1], includeBatchInIndex ? util.sizeFromShape(shape.slice(1)) : 0);
  return [as(channelsLast(values, 'NHWC'), x.dtype), as(addScaled(place, start, 1), 'int32')];
});
