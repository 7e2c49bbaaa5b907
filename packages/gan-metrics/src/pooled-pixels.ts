import { createHash } from 'node:crypto';
import { assertCount, assertKnownOptions, type FeatureExtractor, shown } from '@gan/core';
import { avgPool, reshape, type Tensor4D, tidy } from '@tensorflow/tfjs-core';
import { assertSamples } from './feature-rows.js';

/** Options of `pooledPixels`. */
export interface PooledPixelsOptions {
  /** The shape of a picture, `[side, side, channels]`. */
  readonly sample: readonly [number, number, number];
  /** What its side is brought to, a divisor of it; 8 unless said. */
  readonly side?: number;
}

/**
 * Pictures as they are, made small: the means of equal squares, `side * side * channels` numbers. Distances between them
 * tell colours, shapes and where they are, not what is shown; they need no weights, so that they mean the same for any
 * kind of picture and in any library.
 *
 * @throws TypeError if `sample` is no square picture, or `side` does not divide its side.
 */
export function pooledPixels(options: PooledPixelsOptions): FeatureExtractor {
  assertKnownOptions('pooledPixels', options, ['sample', 'side']);
  const { sample, side = 8 } = options;
  const [height, width, channels] = sample;
  if (sample.length !== 3 || height !== width || !sample.every((size) => Number.isSafeInteger(size) && size > 0))
    throw new TypeError(`sample must be a square picture, [side, side, channels], but is ${shown(sample)}`);
  assertCount('side', side);
  if (height % side !== 0) throw new TypeError(`side must divide the picture's ${height}, but is ${side}`);
  const name = `pixels-${side}x${side}`;
  return {
    name,
    hash: createHash('sha256').update(name).digest('hex'),
    shape: sample,
    features: side * side * channels,
    extract: (samples) => {
      assertSamples(`'${name}'`, samples, sample);
      const square = height / side;
      return tidy(() => reshape(avgPool(samples as Tensor4D, square, square, 'valid'), [samples.shape[0]!, -1]));
    },
    dispose: () => {},
  };
}
