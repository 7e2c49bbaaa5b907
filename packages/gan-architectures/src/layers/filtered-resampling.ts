import { assertCount, shown } from '@gan/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { defineLayer, type LayerShape } from './define-layer.js';
import { type OptionCheck, optional } from './option-check.js';
import { downsampled, smoothed, upsampled } from './resample.js';

const times = ([batch, height, width, channels]: LayerShape, factor: number): LayerShape => {
  const side = (of: number | null | undefined): number | null => (of == null ? null : of * factor);
  return [batch!, side(height), side(width), channels!];
};

/**
 * Doubles the sides of a map by zeros between its numbers and the filter [1, 3, 3, 1], so that no frequency is made up.
 *
 * @returns A layer from `[batch, height, width, channels]` to `[batch, 2 height, 2 width, channels]`.
 * @see Karras et al. (2020), arXiv:1912.04958, section 4.2 and appendix B; Zhang (2019), arXiv:1904.11486.
 */
export const filteredUpsampling = defineLayer({
  name: 'FilteredUpsampling2D',
  options: {},
  shape: ([map]) => times(map!, 2),
  call: ({ inputs: [x] }) => upsampled(x as Tensor4D),
});

/**
 * Halves the sides of a map, which must be even, filtered with [1, 3, 3, 1] before places are left out.
 *
 * @returns A layer from `[batch, height, width, channels]` to `[batch, height / 2, width / 2, channels]`.
 * @see Karras et al. (2020), arXiv:1912.04958, section 4.2 and appendix B; Zhang (2019), arXiv:1904.11486.
 */
export const filteredDownsampling = defineLayer({
  name: 'FilteredDownsampling2D',
  options: {},
  shape: ([map]) => {
    for (const side of map!.slice(1, 3))
      if (side !== null && side % 2 !== 0)
        throw new TypeError(`only a map of even sides can be halved, but one is ${side}`);
    return times(map!, 0.5);
  },
  call: ({ inputs: [x] }) => downsampled(x as Tensor4D),
});

const assertPadding: OptionCheck = (name, value) => {
  if (!Array.isArray(value) || value.length !== 2)
    throw new TypeError(`${name} must be [before, after], but is ${shown(value)}`);
  for (const side of value) assertCount(`a side of ${name}`, side, 0);
};

/** Options of `filtering`. */
export interface FilteringOptions {
  /** Zeros around the map before and after, along both axes; [2, 1], unless said, keeps its sides. */
  readonly padding?: readonly [before: number, after: number];
}

/**
 * Filters a map with [1, 3, 3, 1] before a convolution leaves places out.
 *
 * @returns A layer from `[batch, height, width, channels]` to sides that are longer by the padding less 3.
 * @see Zhang (2019), arXiv:1904.11486; Karras et al. (2020), arXiv:1912.04958, appendix B.
 */
export const filtering = defineLayer<FilteringOptions>({
  name: 'Filtering2D',
  options: { padding: optional(assertPadding) },
  shape: ([map], { padding: [before, after] = [2, 1] }) => {
    const [batch, height, width, channels] = map!;
    const side = (of: number | null | undefined): number | null => (of == null ? null : of + before + after - 3);
    return [batch!, side(height), side(width), channels!];
  },
  call: ({ inputs: [x], options: { padding = [2, 1] } }) => smoothed(x as Tensor4D, padding),
});
