import { assertCount } from '@gan/core';
import { slice } from '@tensorflow/tfjs-core';
import { defineLayer } from './define-layer.js';

/** Options of `firstChannels`. */
export interface FirstChannelsOptions {
  /** How many are kept. */
  readonly channels: number;
}

/**
 * The first channels of a map; the others are dropped. BigGAN-deep's generator goes to fewer channels so, where its blocks
 * are skipped.
 *
 * @returns A layer from `[batch, ..., more]` to `[batch, ..., channels]`.
 * @see Brock, Donahue, Simonyan (2019), arXiv:1809.11096, appendix B, figure 16.
 */
export const firstChannels = defineLayer<FirstChannelsOptions>({
  name: 'FirstChannels',
  options: { channels: assertCount },
  shape: ([shape], { channels }) => {
    if (!(shape!.at(-1)! >= channels))
      throw new TypeError(`channels must be at most those of the map, ${shape!.at(-1)}, but are ${channels}`);
    return [...shape!.slice(0, -1), channels];
  },
  call: ({ inputs: [x], options: { channels } }) =>
    slice(
      x!,
      x!.shape.map(() => 0),
      [...x!.shape.slice(0, -1), channels],
    ),
});
