import { assertKnownOptions, assertPositive, defineTerm, type Tensors } from '@gan/core';
import { add, mean, mul, reshape, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { squaredSlope } from './squared-slope.js';

/** Options of `gradientPenalty`. */
export interface GradientPenaltyOptions {
  /** Strength, lambda in the paper, where it is 10. */
  readonly weight: number;
}

/** Keeps the derivative of the square root finite where the slope is 0, below what float32 shows of a slope of 1. */
const smallest = 1e-12;

/**
 * The gradient penalty of WGAN-GP: a critic of slope 1 between real samples and fakes,
 *
 *     weight * mean (|| grad_y D(y) || - 1)^2    at  y = u x + (1 - u) G(z),  u ~ uniform [0, 1) for each pair
 *
 * Samples have any shape. A judge of several inputs is interpolated in all that are continuous with the same u, and the
 * norm is taken over them together; int32 class ids are those of the real side.
 *
 * Every operation of the judge must be twice differentiable: `@gan/engine` registers what TensorFlow.js lacks. A critic
 * with batch norm has no slope at a single sample: use another norm, as the paper does.
 *
 * @returns A term for the judge alone, which reads a linear `score`; it is 0 for a critic of slope 1.
 * @throws TypeError if `weight` is not a positive finite number.
 * @see Gulrajani et al. (2017), arXiv:1704.00028, equation 3 and algorithm 1.
 */
export function gradientPenalty(options: GradientPenaltyOptions) {
  assertKnownOptions('gradientPenalty', options, ['weight']);
  const { weight } = options;
  assertPositive('weight', weight);
  return defineTerm({
    name: 'gradient-penalty',
    reads: { score: 'linear' },
    discriminator: ({ samples: { real, fake }, judge, random }) => {
      const share = random.uniform([Object.values(real)[0]!.shape[0]!]);
      const slope = sqrt(add(squaredSlope(judge, between(real, fake, share)), smallest));
      return mul(mean(square(sub(slope, 1))), weight);
    },
  });
}

/** Points on the segments from `fake` (share 0) to `real` (share 1), by input; `share` is `[batch]`. */
const between = (real: Tensors, fake: Tensors, share: Tensor): Tensors =>
  Object.fromEntries(
    Object.entries(real).map(([name, end]) => {
      if (end.dtype !== 'float32') return [name, end];
      const start = fake[name]!;
      const wide = reshape(share, [-1, ...end.shape.slice(1).map(() => 1)]);
      return [name, add(start, mul(wide, sub(end, start)))];
    }),
  );
