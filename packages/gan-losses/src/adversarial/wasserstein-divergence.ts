import { assertKnownOptions, assertPositive, defineTerm, shown } from '@gan/core';
import { add, mean, mul, neg, pow, sub } from '@tensorflow/tfjs-core';
import { batchOf } from '../penalties/batch-of.js';
import { between } from '../penalties/between.js';
import { squaredSlope } from '../penalties/squared-slope.js';

/** Options of `wassersteinDivergence`. */
export interface WassersteinDivergenceOptions {
  /** Strength of the slope, k in the paper; 2 unless said, as there. */
  readonly weight?: number;
  /** Power of the slope, p in the paper, at least 2 here; 6 unless said, as there. */
  readonly power?: number;
}

/**
 * The Wasserstein divergence: a critic that pays for its slope instead of having it bounded,
 *
 *     discriminator:  mean fake - mean real + weight * mean || grad_y D(y) ||^power
 *     generator:     -mean fake
 *
 *     at  y = u x + (1 - u) G(z),  u ~ uniform [0, 1) for each pair
 *
 * Samples have any shape; of a judge of several inputs, all that are continuous are interpolated with the same u, and
 * int32 class ids are those of the real side. Every operation of the judge must be twice differentiable: `@gan/engine`
 * registers what TensorFlow.js lacks.
 *
 * @returns A term with both sides that reads a linear `score`; it is 0 for a critic that is flat.
 * @throws TypeError if `weight` is not a positive finite number, or `power` is not a finite number of at least 2.
 * @see Wu et al. (2018), arXiv:1712.01026, section 3 and algorithm 1.
 */
export function wassersteinDivergence(options: WassersteinDivergenceOptions = {}) {
  assertKnownOptions('wassersteinDivergence', options, ['weight', 'power']);
  const { weight = 2, power = 6 } = options;
  assertPositive('weight', weight);
  if (!(power >= 2 && Number.isFinite(power)))
    throw new TypeError(`power must be a finite number of at least 2, but is ${shown(power)}`);
  return defineTerm({
    name: 'wasserstein-divergence',
    reads: { score: 'linear' },
    discriminator: ({ real, fake, samples, judge, random }) => {
      const share = random.uniform([batchOf(samples.real)]);
      const slope = squaredSlope(judge, between(samples.real, samples.fake, share));
      return add(sub(mean(fake.score), mean(real.score)), mul(mean(pow(slope, power / 2)), weight));
    },
    generator: ({ fake }) => neg(mean(fake.score)),
  });
}
