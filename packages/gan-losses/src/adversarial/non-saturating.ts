import { assertDecay, assertKnownOptions, defineTerm } from '@gan/core';
import { add, mean, mul, neg, softplus } from '@tensorflow/tfjs-core';

/** Options of `nonSaturating` and `minimax`. */
export interface SmoothingOptions {
  /**
   * One-sided label smoothing: how far below 1 the judge's target for real samples lies, in [0, 1); 0 unless said, 0.1
   * in Salimans et al. (2016), arXiv:1606.03498, section 3.4. Fakes keep the target 0.
   */
  readonly smoothing?: number;
}

/**
 * The non-saturating loss: cross-entropy for the judge, and a generator that maximises log D instead of minimising
 * log(1 - D), so that it learns most where the judge is surest that it fakes. With D = sigmoid(score),
 *
 *     discriminator:  mean softplus(-real) + mean softplus(fake)  =  -mean log D(x) - mean log(1 - D(G(z)))
 *     generator:      mean softplus(-fake)                        =  -mean log D(G(z))
 *
 * The score is the logit: softplus is exact where the logarithm of a sigmoid would overflow. With a `smoothing` of s,
 * the judge's loss of a real sample is (1 - s) softplus(-real) + s softplus(real), least where D = 1 - s. Written with
 * softplus, the same loss is also called logistic, as in StyleGAN, and `vanilla`.
 *
 * @returns A term with both sides that reads a linear `score`; at real = fake = 0 it is 2 log 2 and log 2.
 * @throws TypeError if `smoothing` does not lie in [0, 1).
 * @see Goodfellow et al. (2014), arXiv:1406.2661, section 3.
 */
export function nonSaturating(options: SmoothingOptions = {}) {
  assertKnownOptions('nonSaturating', options, ['smoothing']);
  const { smoothing = 0 } = options;
  assertDecay('smoothing', smoothing);
  return defineTerm({
    name: 'non-saturating',
    reads: { score: 'linear' },
    discriminator: ({ real, fake }) => {
      const certain = add(mean(softplus(neg(real.score))), mean(softplus(fake.score)));
      // softplus(x) = softplus(-x) + x
      return smoothing === 0 ? certain : add(certain, mul(mean(real.score), smoothing));
    },
    generator: ({ fake }) => mean(softplus(neg(fake.score))),
  });
}
