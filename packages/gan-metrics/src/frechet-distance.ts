import { assertCount, type Evidence, type FeatureExtractor, type Metric, type Tensors } from '@gan/core';
import { draw } from './draw.js';
import { featureRows } from './feature-rows.js';
import { frechetDistanceBetween } from './frechet-distance-between.js';
import { type Moments, runningMoments } from './moments.js';

/**
 * The Fréchet distance between the features of real and of generated samples, each taken for a Gaussian: FID when the
 * features are Inception's. It falls with the number of samples, so that only distances with the same `protocol`
 * compare. The extractor stays the caller's.
 *
 * @param options.extractor What maps samples to features. With fewer samples than features the distance says little.
 * @param options.samples How many real and how many generated samples; at least 2. They are never all in memory.
 * @throws TypeError if `samples` is less than 2; when measured, if the evidence does not fit the extractor or a feature
 *   is not finite.
 * @see Heusel et al. (2017), arXiv:1706.08500; `frechetDistanceBetween` for the formula.
 */
export function frechetDistance(options: { readonly extractor: FeatureExtractor; readonly samples: number }): Metric {
  const { extractor, samples } = options;
  assertCount('samples', samples, 2);
  const momentsOf = async (of: string, batches: AsyncIterable<Tensors>): Promise<Moments> => {
    const running = runningMoments(extractor.features);
    await draw(batches, { of, count: samples, names: ['sample'] }, async ({ sample }) =>
      running.add(await featureRows(extractor, sample)),
    );
    return running.moments();
  };
  return {
    name: `frechet-distance/${extractor.name}`,
    direction: 'lower',
    protocol: { samples, extractor: { name: extractor.name, hash: extractor.hash } },
    measure: async ({ real, fake }: Evidence) =>
      frechetDistanceBetween(await momentsOf('real', real(samples)), await momentsOf('fake', fake(samples))),
  };
}
