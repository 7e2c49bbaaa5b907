import { assertCount, type Dataset, type FeatureExtractor, type Metric, random, type Tensors } from '@gan/core';
import { draw } from './draw.js';
import { featureRows } from './feature-rows.js';
import { nearestDistances } from './nearest-distances.js';

/** What is compared with what. */
export interface NearestTrainingOptions {
  /** How many generated samples. */
  readonly samples: number;
  /** The training set, finite; all of it is looked through. */
  readonly training: Dataset;
  /** Distances are between its features; between the samples' own numbers (pixels) unless given. Stays the caller's. */
  readonly extractor?: FeatureExtractor;
}

/** Batches of one size that hold every sample of a pass; the last one may go into the next pass. */
async function* everySample(data: Dataset, batchSize: number): AsyncGenerator<Tensors> {
  for (let index = 0; index * batchSize < data.size; index++)
    yield await data.batch({ index, size: batchSize, random: random(0).stream('nearest-training-distance', index) });
}

/**
 * The mean Euclidean distance of generated samples to their nearest training sample. It has no best value of its own:
 * beside that of held-out samples (the same metric, shown those as `fake`) a much smaller one betrays memorising, a
 * much larger one samples unlike any.
 *
 * @throws TypeError if `samples` is not a whole number of at least 1 or the training set is infinite; when measured, if
 *   samples, training set and extractor do not fit each other.
 */
export function nearestTrainingDistance(options: NearestTrainingOptions): Metric {
  const { samples, training, extractor } = options;
  assertCount('samples', samples);
  assertCount('training.size', training.size);
  const batchSize = Math.min(100, training.size);
  const passed = Math.ceil(training.size / batchSize) * batchSize;

  const collect = async (of: string, count: number, batches: AsyncIterable<Tensors>): Promise<Float32Array> => {
    let rows = new Float32Array();
    let filled = 0;
    await draw(batches, { of, count, names: ['sample'] }, async ({ sample }) => {
      const more = extractor ? await featureRows(extractor, sample) : await sample.data();
      if (filled === 0) rows = new Float32Array((more.length / sample.shape[0]!) * count);
      rows.set(more, filled);
      filled += more.length;
    });
    return rows;
  };

  return {
    name: `nearest-training-distance/${extractor?.name ?? 'samples'}`,
    direction: 'lower',
    protocol: { samples, ...(extractor ? { extractor: { name: extractor.name, hash: extractor.hash } } : {}) },
    measure: async ({ fake }) => {
      const generated = await collect('fake', samples, fake(samples));
      const known = await collect('training', passed, everySample(training, batchSize));
      const width = known.length / passed;
      if (generated.length !== width * samples)
        throw new TypeError(
          `generated samples of ${generated.length / samples} numbers do not compare with training samples of ${width}`,
        );
      const distances = await nearestDistances({ samples: generated, among: known, width });
      return distances.reduce((sum, distance) => sum + distance, 0) / samples;
    },
  };
}
