import { assertCount, type FeatureExtractor, type Metric, type Tensors } from '@gan/core';
import { draw } from './draw.js';
import { featureRows } from './feature-rows.js';

/** Samples of one class so far: their mean, and the sum of squared deviations from it, for each feature. */
interface Spread {
  count: number;
  readonly mean: Float64Array;
  readonly squares: Float64Array;
}

const emptySpread = (features: number): Spread => ({
  count: 0,
  mean: new Float64Array(features),
  squares: new Float64Array(features),
});

/** Takes in a sample (Welford 1962, Technometrics 4). */
function widen(spread: Spread, row: Float32Array): void {
  spread.count++;
  for (let k = 0; k < row.length; k++) {
    const before = row[k]! - spread.mean[k]!;
    spread.mean[k]! += before / spread.count;
    spread.squares[k]! += before * (row[k]! - spread.mean[k]!);
  }
}

/** The unbiased variance, the mean over features. */
const varianceOf = ({ count, squares }: Spread): number =>
  squares.reduce((sum, value) => sum + value, 0) / (count - 1) / squares.length;

/**
 * How varied generated samples are within their classes, beside real ones: the variance of features within a class, the
 * mean over features and over classes, generated over real. 1 is as varied as real, 0 a single sample per class. Real and
 * generated batches must carry `classes`; a class counts if it has at least two samples on both sides.
 *
 * @param options.extractor What maps samples to features. Stays the caller's.
 * @param options.samples How many real and how many generated samples.
 * @throws TypeError if `samples` is less than 2; when measured, if no class has two samples on both sides or the
 *   evidence does not fit the extractor.
 */
export function withinClassVariance(options: {
  readonly extractor: FeatureExtractor;
  readonly samples: number;
}): Metric {
  const { extractor, samples } = options;
  assertCount('samples', samples, 2);
  const { features } = extractor;

  const byClass = async (of: string, batches: AsyncIterable<Tensors>): Promise<Map<number, Spread>> => {
    const classes = new Map<number, Spread>();
    await draw(batches, { of, count: samples, names: ['sample', 'classes'] }, async (batch) => {
      const rows = await featureRows(extractor, batch.sample);
      for (const [i, id] of (await batch.classes.data()).entries()) {
        const spread = classes.get(id) ?? emptySpread(features);
        widen(spread, rows.subarray(i * features, (i + 1) * features));
        classes.set(id, spread);
      }
    });
    return classes;
  };

  const measure: Metric['measure'] = async ({ real, fake }) => {
    const reals = await byClass('real', real(samples));
    const fakes = await byClass('fake', fake(samples));
    const enough = (of: Map<number, Spread>, id: number) => (of.get(id)?.count ?? 0) >= 2;
    const shared = [...reals.keys()].filter((id) => enough(reals, id) && enough(fakes, id));
    if (shared.length === 0)
      throw new TypeError(`no class has two samples among ${samples} real and ${samples} fake ones`);
    const total = (of: Map<number, Spread>) => shared.reduce((sum, id) => sum + varianceOf(of.get(id)!), 0);
    return total(fakes) / total(reals);
  };

  return {
    name: `within-class-variance/${extractor.name}`,
    direction: 'higher',
    protocol: { samples, extractor: { name: extractor.name, hash: extractor.hash } },
    measure,
  };
}
