import { reshape, type Tensor, transpose } from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';

const times = (size: number | null, factor: number): number | null => (size === null ? null : size * factor);

/**
 * Cuts maps into their four quarters, each a sample of its own: those of a map one after the other, row by row.
 *
 * @returns A layer from `[batch, height, width, channels]` to `[4 batch, height / 2, width / 2, channels]`.
 * @throws TypeError, when a model is made with it, if a side is odd.
 */
export const quartersApart = defineLayer<{}>({
  name: 'QuartersApart',
  options: {},
  shape: ([map]) => {
    const [batch, height, width, channels] = map!;
    if (height == null || width == null || height % 2 !== 0 || width % 2 !== 0)
      throw new TypeError(`a map has quarters if its sides are even, but they are ${height} and ${width}`);
    return [times(batch!, 4), height / 2, width / 2, channels!];
  },
  call: ({ inputs: [x] }) => {
    const [batch = 1, height = 2, width = 2, channels = 1] = x!.shape;
    return swapped(x!, [batch, 2, height / 2, 2, width / 2, channels], [4 * batch, height / 2, width / 2, channels]);
  },
});

/**
 * Puts four maps in a row together to one, as they were before `quartersApart`.
 *
 * @returns A layer from `[4 batch, height, width, channels]` to `[batch, 2 height, 2 width, channels]`.
 */
export const quartersTogether = defineLayer<{}>({
  name: 'QuartersTogether',
  options: {},
  shape: ([map]) => {
    const [batch, height, width, channels] = map!;
    return [times(batch!, 1 / 4), times(height!, 2), times(width!, 2), channels!];
  },
  call: ({ inputs: [x] }) => {
    const [batch = 4, height = 1, width = 1, channels = 1] = x!.shape;
    return swapped(x!, [batch / 4, 2, 2, height, width, channels], [batch / 4, 2 * height, 2 * width, channels]);
  },
});

/** With rows of quarters and rows of places, or columns of quarters, changed round. */
const swapped = (x: Tensor, from: readonly number[], to: readonly number[]): Tensor =>
  reshape(transpose(reshape(x, [...from]), [0, 1, 3, 2, 4, 5]), [...to]);
