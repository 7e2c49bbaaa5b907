import { type KernelConfig, util } from '@tensorflow/tfjs-core';
import { kernel, type Operand, type Operands } from '../kernel.js';
import { aten } from '../native/call.js';
import type { Handle } from '../native/handle.js';
import { full } from '../native/memory.js';
import { addScaled } from '../native/scalars.js';
import { as, real, whole, withoutNan } from './convert.js';
import { type Attributes2D, geometry2D } from './convolution-geometry.js';
import type { Convolution } from './convolve.js';
import { channelsFirst, channelsFirstShape, channelsLast } from './layout.js';
import { surround, surroundedShape, trim } from './surround.js';

/** Windows that slide over images, in libtorch's terms. */
interface Windows extends Omit<Convolution, 'groups'> {
  /** Of the images, `[batch, channels, height, width]`. */
  readonly shape: readonly number[];
  readonly size: readonly number[];
}

const unfold = aten('im2col');
const fold = aten('col2im');
const largest = aten('max.dim');
const reshape = aten('reshape');
const permute = aten('permute');
const scatter = aten('scatter.src');
const total = aten('sum.dim_IntList');
const unsqueeze = aten('unsqueeze');

const windowsOf = (x: Operand, filter: Operand, attributes: Attributes2D): Windows => {
  const [height, width, channels] = filter.shape as [number, number, number];
  const how = geometry2D(x.shape, [height, width, channels, channels], attributes);
  const { within, around = within.map((amount) => [amount, amount] as const) } = how.padding;
  return {
    ...how,
    shape: channelsFirstShape(x.shape, 'NHWC'),
    size: [height, width],
    // libtorch would pad with zeros, which are not the least: all of it is put around beforehand.
    padding: { within: [0, 0], around },
  };
};

/** The largest of `x + filter` in each window, and where in the window: `[batch, channels, places]` each. */
const peaks = (x: Operand, filter: Operand, windows: Windows): readonly [values: Handle, positions: Handle] => {
  const { shape, size, strides, dilations, padding } = windows;
  const [batch, channels] = shape as [number, number];
  const image = withoutNan(as(x.handle, x.dtype === 'float32' ? 'float32' : 'float64'), Number.NEGATIVE_INFINITY);
  const around = surround(channelsFirst(image, 'NHWC'), padding, Number.NEGATIVE_INFINITY);
  const parts = unfold(around, size, dilations, [0, 0], strides);
  const weights = reshape(permute(filter.handle, [2, 0, 1]), [channels, -1, 1]);
  const places = util.sizeFromShape([...windows.out]);
  return largest(
    addScaled(reshape(parts, [batch, channels, util.sizeFromShape([...size]), places]), weights, 1),
    2,
    false,
  );
};

/** `dy` at the place of the window that was the largest, zero at the others: `[batch, channels, window, places]`. */
const sentBack = ({ x, filter, dy }: Operands<'x' | 'filter' | 'dy'>, windows: Windows): Handle => {
  const { shape, size, out } = windows;
  const [, positions] = peaks(x, filter, windows);
  const places = [...shape.slice(0, 2), 1, util.sizeFromShape([...out])];
  const upstream = reshape(channelsFirst(real(dy), 'NHWC'), places);
  const nothing = full(
    [...shape.slice(0, 2), util.sizeFromShape([...size]), util.sizeFromShape([...out])],
    0,
    'float32',
  );
  return scatter(nothing, 2, unsqueeze(positions, 2), upstream);
};

/** Grey-scale dilation, the largest of `x + filter` in each window, and its gradients. Of equal sums the first counts. */
export const dilation: readonly KernelConfig[] = [
  kernel<Operands<'x' | 'filter'>, Attributes2D>('Dilation2D', ({ x, filter }, attributes) => {
    const windows = windowsOf(x, filter, attributes);
    const [values] = peaks(x, filter, windows);
    const image = channelsLast(reshape(values, [...windows.shape.slice(0, 2), ...windows.out]), 'NHWC');
    return x.dtype === 'float32' ? image : as(whole(image), x.dtype);
  }),
  kernel<Operands<'x' | 'filter' | 'dy'>, Attributes2D>('Dilation2DBackpropInput', (inputs, attributes) => {
    const { x, filter } = inputs;
    const windows = windowsOf(x, filter, attributes);
    const { shape, size, strides, dilations, padding, out } = windows;
    const parts = reshape(sentBack(inputs, windows), [
      shape[0]!,
      shape[1]! * util.sizeFromShape([...size]),
      util.sizeFromShape([...out]),
    ]);
    const around = fold(parts, surroundedShape(shape, padding).slice(2), size, dilations, [0, 0], strides);
    return as(channelsLast(trim(around, padding, shape), 'NHWC'), x.dtype);
  }),
  kernel<Operands<'x' | 'filter' | 'dy'>, Attributes2D>('Dilation2DBackpropFilter', (inputs, attributes) => {
    const { x, filter } = inputs;
    const windows = windowsOf(x, filter, attributes);
    const sums = reshape(total(sentBack(inputs, windows), [0, 3], false, null), [windows.shape[1]!, ...windows.size]);
    return as(permute(sums, [1, 2, 0]), filter.dtype);
  }),
];
