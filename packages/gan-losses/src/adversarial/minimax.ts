import { assertDecay, assertKnownOptions, defineTerm } from '@gan/core';
import { add, log, mean, mul, neg, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { SmoothingOptions } from './non-saturating.js';

/**
 * Added to a probability before its logarithm: without effect on any that float32 tells apart from 0 by more than
 * 1e-23, and its reciprocal is finite, so that a saturated sigmoid gives a gradient of 0 rather than NaN.
 */
const floor = 2 ** -100;
const safeLog = (probability: Tensor): Tensor => log(add(probability, floor));

/**
 * The minimax loss, as first published: both sides play for the same value, with opposite signs. With D the head itself,
 *
 *     discriminator:  -mean log D(x) - mean log(1 - D(G(z)))
 *     generator:       mean log(1 - D(G(z)))
 *
 * The generator hardly learns while the judge sees through it (its gradient is proportional to D(G(z))): that is what
 * `nonSaturating`, which reads the logit, is for.
 *
 * With a `smoothing` of s, -(1 - s) log D(x) - s log(1 - D(x)) stands for -log D(x), least where D = 1 - s.
 *
 * Unlike the paper, 2^-100 is added to each probability before its logarithm.
 *
 * @returns A term with both sides that reads a sigmoid `score`; at D = 1/2 it is 2 log 2 and -log 2.
 * @throws TypeError if `smoothing` does not lie in [0, 1).
 * @see Goodfellow et al. (2014), arXiv:1406.2661, equation 1 and algorithm 1.
 */
export function minimax(options: SmoothingOptions = {}) {
  assertKnownOptions('minimax', options, ['smoothing']);
  const { smoothing = 0 } = options;
  assertDecay('smoothing', smoothing);
  const judgedReal = (score: Tensor): Tensor =>
    smoothing === 0
      ? mean(safeLog(score))
      : add(mul(mean(safeLog(score)), 1 - smoothing), mul(mean(safeLog(sub(1, score))), smoothing));
  return defineTerm({
    name: 'minimax',
    reads: { score: 'sigmoid' },
    discriminator: ({ real, fake }) => neg(add(judgedReal(real.score), mean(safeLog(sub(1, fake.score))))),
    generator: ({ fake }) => mean(safeLog(sub(1, fake.score))),
  });
}
