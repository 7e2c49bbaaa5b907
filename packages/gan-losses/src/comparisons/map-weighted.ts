import { assertKnownOptions, assertNotNegative, assertOneOf, defineTerm } from '@gan/core';
import { add, mean, mul } from '@tensorflow/tfjs-core';
import { assertAlike, type Distance, distances } from './distances.js';

/** Options of `mapWeighted`. */
export interface MapWeightedOptions {
  /** Of two numbers: their absolute difference, or its square; `'l1'` unless said. */
  readonly distance?: Distance;
  /** What counts everywhere, whatever the map says; 1 unless said, as in the paper. */
  readonly floor?: number;
}

/**
 * A difference that counts more in places: where a pose is, or around landmarks,
 *
 *     mean (floor + weights) |left - right|        over the batch and all of a sample
 *
 * with squares in place of absolute values if `distance` is `'l2'`. `weights` is one more sample, from the data as a rule:
 * a mask, or a heat map of landmarks, of 0 or above; with one channel, `[batch, height, width, 1]`, it counts for all
 * channels. Where it is 0 everywhere and the floor is 1, this is `l1` or `l2`.
 *
 * @returns A term for whoever makes `left` or `right`, two samples of one shape; bound by name, as in
 *   `on({ left: 'fake', right: 'picture', weights: 'mask' }, mapWeighted())`.
 * @throws TypeError if `floor` is negative or `distance` neither; when it is played, if shapes do not go together.
 * @see Ma et al. (2017), arXiv:1705.09368, the pose mask loss of its first stage.
 */
export function mapWeighted(options: MapWeightedOptions = {}) {
  assertKnownOptions('mapWeighted', options, ['distance', 'floor']);
  const { distance = 'l1', floor = 1 } = options;
  assertOneOf('distance', distance, ['l1', 'l2']);
  assertNotNegative('floor', floor);
  return defineTerm({
    name: 'map-weighted',
    reads: {},
    samples: ['left', 'right', 'weights'],
    generator: ({ samples: { left, right, weights } }) => {
      assertAlike('map-weighted', left, right);
      assertMap(weights.shape, left.shape);
      return mean(mul(add(weights, floor), distances[distance](left, right)));
    },
  });
}

function assertMap(map: readonly number[], sample: readonly number[]): void {
  const fits =
    map.length === sample.length && map.every((size, axis) => size === sample[axis] || (size === 1 && axis > 0));
  if (!fits)
    throw new TypeError(
      `map-weighted wants weights of the samples' shape, or of 1 along an axis, but weights are ${map.join('x')} and samples ${sample.join('x')}`,
    );
}
