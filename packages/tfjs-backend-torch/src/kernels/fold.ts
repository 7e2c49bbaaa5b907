import { aten } from '../native/call.js';
import { deviceInUse } from '../native/device.js';
import type { Handle } from '../native/handle.js';
import type { Convolution } from './convolve.js';

const matmul = aten('matmul');
const permute = aten('permute');
const reshape = aten('reshape');
const fold = aten('col2im');
const contiguous = aten('contiguous');

/**
 * Whether an image of few channels is better made by a product and a sum of overlapping windows. libtorch's own kernel
 * works on channels side by side and leaves most of each vector unused where there are 1 to 4: it takes 2 to 6 times as
 * long, as long as the windows together are no larger than `dy`. Graphics processors have kernels of their own for it.
 *
 * @param filter `[out, in, height, width]`
 */
export const foldsWell = ([out, channels, ...window]: readonly number[], { groups }: Convolution): boolean =>
  deviceInUse() === 'cpu' &&
  window.length === 2 &&
  groups === 1 &&
  channels! <= 4 &&
  channels! * window[0]! * window[1]! <= out!;

/**
 * The gradient of a convolution over two dimensions at its input: every place of `dy` spreads over the window that it
 * came from.
 *
 * @param shapes.dy `[batch, out, rows, columns]`
 * @param shapes.filter `[out, in, height, width]`
 * @param shapes.x `[batch, in, height, width]`
 */
export const inputGradientByFolding = (
  dy: Handle,
  filter: Handle,
  { strides, dilations, padding }: Convolution,
  shapes: Readonly<Record<'dy' | 'filter' | 'x', readonly number[]>>,
): Handle => {
  const [batch, out, rows, columns] = shapes.dy as [number, number, number, number];
  const [weights, places] = [permute(filter, [1, 2, 3, 0]), reshape(dy, [batch, out, rows * columns])];
  const windows = matmul(reshape(weights, [-1, out]), places);
  const [size, window] = [shapes.x.slice(2), shapes.filter.slice(2)];
  return contiguous(fold(windows, size, window, dilations, padding.within, strides), 'channels_last');
};
