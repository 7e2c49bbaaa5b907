import { assertCount, type Evidence, type FeatureExtractor, type Metric, random } from '@gan/core';
import { draw } from './draw.js';
import { featureRows } from './feature-rows.js';
import { frechetDistanceOfHalves } from './frechet-distance-of-halves.js';

/**
 * The Fréchet distance that real samples have from each other: the mean over ten deals of them into halves, by class where
 * they have one. It is what a perfect generator would come to, and so the unit in which to read `frechetDistance`; what was
 * generated does not count. Each half has `samples / 2`, so that it errs upwards. The extractor stays the caller's.
 *
 * @param options.extractor What maps samples to features.
 * @param options.samples How many real samples are dealt out; at least 4. Their features are all in memory.
 * @throws TypeError if `samples` is less than 4; when measured, if the evidence does not fit the extractor or a feature is
 *   not finite.
 * @see `frechetDistanceOfHalves`.
 */
export function frechetDistanceOfReal(options: {
  readonly extractor: FeatureExtractor;
  readonly samples: number;
}): Metric {
  const { extractor, samples } = options;
  assertCount('samples', samples, 4);
  const width = extractor.features;
  return {
    name: `frechet-distance-of-real/${extractor.name}`,
    direction: 'lower',
    protocol: { samples, extractor: { name: extractor.name, hash: extractor.hash } },
    measure: async ({ real }: Evidence) => {
      const rows = new Float32Array(samples * width);
      const classes = new Int32Array(samples);
      let seen = 0;
      await draw(real(samples), { of: 'real', count: samples, names: ['sample'] }, async (batch) => {
        const { sample, classes: ids } = batch as typeof batch & { readonly classes?: typeof sample };
        const found = await featureRows(extractor, sample);
        rows.set(found, seen * width);
        if (ids) classes.set(await ids.data<'int32'>(), seen);
        seen += found.length / width;
      });
      return frechetDistanceOfHalves({ rows, width, classes, random: random(0) });
    },
  };
}
