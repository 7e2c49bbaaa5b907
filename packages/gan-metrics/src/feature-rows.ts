import { type FeatureExtractor, shown } from '@gan/core';
import type { Tensor } from '@tensorflow/tfjs-core';
import { assertFiniteRows } from './finite-rows.js';

/** @throws TypeError unless `samples` is `[batch, ...shape]`. */
export function assertSamples(name: string, samples: Tensor, shape: readonly number[]): void {
  const [, ...has] = samples.shape;
  if (samples.rank !== shape.length + 1 || has.some((side, i) => side !== shape[i]))
    throw new TypeError(
      `${name} takes samples of shape ${shown(['batch', ...shape])}, but was given ${shown(samples.shape)}`,
    );
}

/**
 * The features of a batch on the host, one row of `extractor.features` numbers per sample.
 *
 * @throws TypeError if the samples are not of the extractor's shape, or a feature is not finite.
 */
export async function featureRows(extractor: FeatureExtractor, samples: Tensor): Promise<Float32Array> {
  assertSamples(`'${extractor.name}'`, samples, extractor.shape);
  const features = extractor.extract(samples);
  try {
    const rows = Float32Array.from(await features.data());
    assertFiniteRows(`features of '${extractor.name}'`, rows, extractor.features);
    return rows;
  } finally {
    features.dispose();
  }
}
