import { assertCount, shown } from '@gan/core';
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { defineLayer, type LayerShape } from './define-layer.js';
import { type OptionCheck, oneOf, optional } from './option-check.js';
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

/** The binomial filters that maps are smoothed with: StyleGAN's and StyleGAN2's. */
const filters = { 3: [1, 2, 1], 4: [1, 3, 3, 1] } as const;

/** Options of `filtering`. */
export interface FilteringOptions {
  /** 3 for [1, 2, 1], as in StyleGAN, or 4, unless said, for [1, 3, 3, 1], as in StyleGAN2. */
  readonly taps?: 3 | 4;
  /** Zeros around the map before and after, along both axes; what keeps its sides, [1, 1] or [2, 1], unless said. */
  readonly padding?: readonly [before: number, after: number];
}

const paddingOf = ({ taps = 4, padding }: FilteringOptions) => padding ?? ([taps - 2, 1] as const);

/**
 * Filters a map along both axes, before a convolution leaves places out, or behind one that came from repeated places.
 *
 * @returns A layer from `[batch, height, width, channels]` to sides that are longer by the padding less `taps - 1`.
 * @see Zhang (2019), arXiv:1904.11486; Karras et al. (2019), arXiv:1812.04948, section 2; Karras et al. (2020),
 *   arXiv:1912.04958, appendix B.
 */
export const filtering = defineLayer<FilteringOptions>({
  name: 'Filtering2D',
  options: { taps: optional(oneOf(3, 4)), padding: optional(assertPadding) },
  shape: ([map], options) => {
    const [batch, height, width, channels] = map!;
    const more = paddingOf(options).reduce((sum, side) => sum + side, 0) - (options.taps ?? 4) + 1;
    const side = (of: number | null | undefined): number | null => (of == null ? null : of + more);
    return [batch!, side(height), side(width), channels!];
  },
  call: ({ inputs: [x], options }) => smoothed(x as Tensor4D, paddingOf(options), { taps: filters[options.taps ?? 4] }),
});
