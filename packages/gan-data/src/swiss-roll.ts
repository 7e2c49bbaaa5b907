import { assertCount, assertKnownOptions, assertNotNegative, assertPositive, type Dataset } from '@gan/core';
import { add, mul, tensor, tidy } from '@tensorflow/tfjs-core';

export interface SwissRollOptions {
  /** Of the noise, before the scale; 0.25 unless said. */
  readonly deviation?: number;
  /** What both coordinates are divided by; 7.5 unless said. */
  readonly scale?: number;
}

/**
 * A spiral in the plane with noise,
 *
 *     t = 1.5 pi (1 + 2 u),  u uniform in [0, 1)
 *     sample = ((t cos t, t sin t) + deviation * normal) / scale
 *
 * which with the default scale lies within about 2 of the origin. The points are drawn afresh for each batch.
 *
 * @returns Points `[2]`; there are no modes, hence no classes.
 * @throws TypeError if the deviation is negative or the scale not positive.
 * @see Gulrajani et al. (2017), arXiv:1704.00028, figure 1, whose program takes the x and z of scikit-learn's
 *   `make_swiss_roll`.
 */
export function swissRoll(options: SwissRollOptions = {}): Dataset<{ readonly sample: readonly [2] }> {
  assertKnownOptions('swissRoll', options, ['deviation', 'scale']);
  const { deviation = 0.25, scale = 7.5 } = options;
  assertNotNegative('deviation', deviation);
  assertPositive('scale', scale);
  return {
    ports: { sample: [2] },
    size: Number.POSITIVE_INFINITY,
    batch: async ({ size, random }) => {
      assertCount('size', size);
      const spiral = new Float32Array(2 * size);
      for (let i = 0; i < size; i++) {
        const t = 1.5 * Math.PI * (1 + 2 * random.next());
        spiral[2 * i] = (t * Math.cos(t)) / scale;
        spiral[2 * i + 1] = (t * Math.sin(t)) / scale;
      }
      return tidy(() => ({
        sample: add(tensor(spiral, [size, 2]), mul(random.normal([size, 2]), deviation / scale)),
      }));
    },
  };
}
