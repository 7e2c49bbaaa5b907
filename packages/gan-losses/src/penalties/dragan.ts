import { assertKnownOptions, assertPositive, defineTerm } from '@gan/core';
import { add, mean, moments, mul, reshape, sqrt, square, sub } from '@tensorflow/tfjs-core';
import { batchOf } from './batch-of.js';
import { root } from './root.js';
import { squaredSlope } from './squared-slope.js';

/** Options of `dragan`. */
export interface DraganOptions {
  /** Strength, lambda in the paper, where it is 10. */
  readonly weight: number;
  /** How far around real samples, as a multiple of the batch's standard deviation; 0.5 unless said, as in the authors' code. */
  readonly spread?: number;
}

/**
 * The gradient penalty of DRAGAN: a judge of slope 1 around real samples, fakes being left aside,
 *
 *     weight * mean (|| grad_y D(y) || - 1)^2    at  y = x + spread * std(x) * u * v,  u, v ~ uniform [0, 1)
 *
 * with one u for each sample and one v for each of its numbers. `std` is the standard deviation of all numbers of the
 * batch, over their count, for each continuous input of its own; int32 class ids stay as they are.
 *
 * Unlike the paper, whose noise is normal with a variance to be chosen, the noise is that of the authors' code.
 *
 * Every operation of the judge must be twice differentiable: `@gan/engine` registers what TensorFlow.js lacks.
 *
 * @returns A term for the judge alone, which reads a linear `score` and is bound to `real`; it is 0 for a judge of slope 1.
 * @throws TypeError if `weight` or `spread` is not a positive finite number.
 * @see Kodali et al. (2017), arXiv:1705.07215.
 */
export function dragan(options: DraganOptions) {
  assertKnownOptions('dragan', options, ['weight', 'spread']);
  const { weight, spread = 0.5 } = options;
  assertPositive('weight', weight);
  assertPositive('spread', spread);
  return defineTerm({
    name: 'dragan',
    reads: { score: 'linear' },
    samples: ['real'],
    discriminator: ({ samples: { real }, judge, random }) => {
      const share = random.uniform([batchOf(real)]);
      const around = Object.fromEntries(
        Object.entries(real).map(([name, at]) => {
          if (at.dtype !== 'float32') return [name, at];
          const wide = mul(reshape(share, [-1, ...at.shape.slice(1).map(() => 1)]), spread);
          return [name, add(at, mul(mul(wide, sqrt(moments(at).variance)), random.uniform(at.shape)))];
        }),
      );
      return mul(mean(square(sub(root(squaredSlope(judge, around)), 1))), weight);
    },
  });
}
