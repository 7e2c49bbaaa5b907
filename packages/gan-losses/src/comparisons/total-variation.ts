import { assertKnownOptions, assertOneOf, defineTerm } from '@gan/core';
import { add, mean, slice } from '@tensorflow/tfjs-core';
import { assertPictures, type Distance, distances } from './distances.js';

/** Options of `totalVariation`. */
export interface TotalVariationOptions {
  /** Of two neighbours: their absolute difference, or its square; `'l1'` unless said. */
  readonly distance?: Distance;
}

/**
 * Total variation: how much pixels differ from their neighbours, against noise and speckles,
 *
 *     mean |x(i + 1, j) - x(i, j)| + mean |x(i, j + 1) - x(i, j)|
 *
 * over the batch, all pairs of neighbours and the channels; with squares in place of absolute values if `distance` is
 * `'l2'`. An even picture has none, and what is added to all pixels does not matter.
 *
 * @returns A term for whoever makes `fake`, pictures `[batch, height, width, channels]`; no judge is asked.
 * @throws TypeError if `distance` is neither; when it is played, if samples are no pictures of at least 2x2 pixels.
 * @see Rudin, Osher, Fatemi (1992), "Nonlinear total variation based noise removal algorithms"; Mahendran, Vedaldi
 * (2015), arXiv:1412.0035, section 2.2 (squares); Johnson, Alahi, Fei-Fei (2016), arXiv:1603.08155, section 3.2.
 */
export function totalVariation(options: TotalVariationOptions = {}) {
  assertKnownOptions('totalVariation', options, ['distance']);
  const { distance = 'l1' } = options;
  assertOneOf('distance', distance, ['l1', 'l2']);
  return defineTerm({
    name: 'total-variation',
    reads: {},
    samples: ['fake'],
    generator: ({ samples: { fake } }) => {
      const { sample: pictures } = fake;
      if (!pictures) throw new TypeError(`total-variation looks at one sample, but fake is ${Object.keys(fake)}`);
      assertPictures('total-variation', pictures, 2);
      const [batch, height, width, channels] = pictures.shape as [number, number, number, number];
      const part = (top: number, left: number, high: number, wide: number) =>
        slice(pictures, [0, top, left, 0], [batch, high, wide, channels]);
      const [high, wide] = [height - 1, width - 1];
      return add(
        mean(distances[distance](part(1, 0, high, width), part(0, 0, high, width))),
        mean(distances[distance](part(0, 1, height, wide), part(0, 0, height, wide))),
      );
    },
  });
}
